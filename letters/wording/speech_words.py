"""Words that tell speech from names and facts, folded (letters/wording/folding.py), in eight languages."""

SPEECH_VERBS = (
    r"said|says|saying|told|tells|wrote|writes|writing|asked|asks|replied|replies|answered|shouted|texted|messaged"
    r"|promised"
    r"|dij[oe]|dijeron|dice|decia|escribio|pregunto|respondio|contesto"
    r"|dit|disait|ecrit|ecrivait|demande|repondu|repond"
    r"|sagte|sagt|gesagt|schrieb|schreibt|geschrieben|fragte|antwortete"
    r"|disse|disseram|escreveu|perguntou|respondeu"
    r"|detto|dice|scrisse|scritto|chiese|rispose|zei|schreef|vroeg"
    r"|сказал[аи]?|написал[аи]?|ответил[аи]?|спросил[аи]?"
    r"|berkata|bilang|menulis|noi|viet"
)
CHINESE_SPEECH_VERBS = r"说道?|說道?|问道?|問道?|回复|回覆|回答|告诉我?|告訴我?|写道?|寫道?|发来|發來|答道|喊"

# First and second person, and greetings.
PRONOUNS = frozenset(
    "i me my mine myself i'm i'll i've i'd we our you your yours you're you'll you've u ur"
    " yo mi mio mia tu te ti tus usted contigo conmigo"
    " je j'ai moi mon ma mes tu toi ton ta tes vous votre vos nous"
    " ich mich mir mein meine du dich dir dein deine sie ihr ihnen wir"
    " eu meu minha voce teu tua comigo contigo"
    " io mio tuo ik jij jou я меня мне ты тебя вы вам вас aku kamu saya anda toi ban em anh".split()
)
GREETINGS = frozenset("hi hello hey dear darling honey baby hola bonjour salut hallo oi ola ciao привет halo".split())

SPEAKERS = frozenset(
    "he him she her me i you they them us we victim caller agent scammer fraudster offender criminal suspect"
    " broker manager assistant support operator customer service admin"
    " el ella yo ellos victima estafador lui elle moi eux arnaqueur er ihn ich betruger"
    " ele ela eu golpista lui lei io hij zij ik он она я они"
    " 我 他 她 你 对方 對方 骗子 騙子 客服 老师 老師 经理 經理".split()
) | {"customer service", "customer support", "the scammer", "the fraudster", "the criminal", "the man", "the woman"}

# What stands before a colon in facts. None of these speaks.
LABELS = frozenset(
    "account address amount app attention balance bank beneficiary bic broker case charge city code comment "
    "company contact"
    " country currency date deadline deposit description details email emotional emotionally example exchange "
    "fact facts fee"
    " feelings file finances financial financially first from hash health holder iban id impact important info "
    "name network"
    " next note notes nb number on outcome p.s phone place platform price product profile ps purpose re reason receipt"
    " recipient ref reference remark report reported result routing second sender service source status subject "
    "sum summary"
    " swift tax telephone third time title to today total transaction transfer transfers txid type update url"
    " user username"
    " value victim wallet warning web website withdrawal"
    " banco cuenta direccion fecha importe monto nombre nota numero telefono empresa asunto impacto resumen resultado"
    " adresse banque compte montant nom objet remarque societe betrag betreff datum konto nummer telefon firma"
    " conta data endereco valor assunto observacao telefone"
    " 金额 金額 银行 銀行 姓名 电话 電話 地址 备注 備註 日期 时间 時間 影响 影響 情况 情況"
    " 账号 賬號 网址 網址 公司 平台 总计 總計 原因 结果 結果".split()
) - {"victim", "broker"}
