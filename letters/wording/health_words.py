"""Illness, treatment, diagnoses, self-harm, pregnancy and disability, as patterns over folded text.

`SPACED` languages are searched at word boundaries of the Latin alphabet, `UNSPACED` ones anywhere.
Feelings (ashamed, afraid, cannot sleep) are not health: the letter is there to tell them.
"""

from letters.wording.vocabulary import any_of

_FAMILY = r"(?:my|his|her|our|mother|father|wife|husband|son|daughter|child|brother|sister)(?:'?s)?"
_CONDITIONS = (
    r"depression|anxiety|cancer|leuk[a]?emia|diabetes|asthma|epilepsy|dementia|alzheimer'?s|parkinson'?s|insomnia"
    r"|ptsd|adhd"
    r"|autism|schizophrenia|psychosis|hepatitis|tuberculosis|hiv|hypertension|anorexia|bulimia|cirrhosis|sclerosis"
)

# Blotted out first, for every language.
HARMLESS = (
    r"(?:economic|great|market|price) depression|depressed (?:prices?|markets?)|sick (?:and tired )?of|sick jokes?"
    r"|stroke of"
    r"|(?:financial|economic|fiscal|business|company's) health|health (?:ministry|insurance company|products?)"
    r"|ministry of health"
    r"|clinical precision|surgical precision|medical (?:equipment|supplies|devices?) (?:business|company|trade)"
)

SPACED: dict[str, str] = {
    "en: illness": (
        r"depress(?:ion|ed|ive)"
        rf"|(?:{_CONDITIONS.replace('depression|anxiety|', '')})|diabetic|epileptic|autistic|bipolar|schizophrenic"
        r"|(?:with|from|have|had|has|suffer(?:ed)?|severe|chronic|clinical|for|developed) (?:[a-z]+ )?anxiety"
        r"|anxiety (?:attacks?|disorder)"
        r"|panic attacks?|post-?traumatic|nervous breakdown|mental breakdown|burn-?out|tumou?rs?|heart (?:attack"
        r"|disease|failure|condition)"
        r"|(?:a|second|minor) stroke|high blood pressure|(?:had|caught|got|from|with) covid(?:-19)?"
        r"|eating disorder|mental (?:illness|disorder)|illness(?:es)?|diseases?|symptoms?|infection|injur(?:y|ies)"
        r"|(?:fell|fall|fallen|became|become|been|was|am|i'm|is|are|got|getting|seriously|mentally|terminally"
        r"|gravely|chronically"
        r"|critically|very) ill|sick(?:ness)?"
    ),
    "en: health": r"health",
    "en: treatment": (
        r"hospital(?:s|ised|ized|isation|ization)?|clinic(?:s|al)?|ambulance|intensive care|psychiatr[a-z]+"
        r"|psycholog(?:ist|ists|ical)"
        r"|psychotherap[a-z]+|therap(?:y|ist|ists|ies)|counsell?ing|surger(?:y|ies)|surgeons?|chemotherapy"
        r"|dialysis|rehab(?:ilitation)?"
        r"|medical(?:ly)?|(?:my|(?:see|saw|seen|seeing|visit|visited|by|to)(?: an?| the| my)?) doctors?"
        r"|doctor's (?:appointment|bills?|note|certificate)"
        rf"|treated (?:for (?:[a-z]+ )?(?:{_CONDITIONS}|stress|trauma|shock)|by a doctor|in hospital)"
        r"|(?:under|in|medical|psychiatric|cancer|undergo|undergoing|received|receiving|hospital) treatment"
        rf"|{_FAMILY} (?:[a-z]+ )?operation|(?:heart|knee|hip|eye|brain|back|spine|emergency) operation"
        rf"|diagnos(?:ed|is|es)"
    ),
    "en: medication": (
        r"medications?|medicines?|prescriptions?|prescribed|antidepressants?|anti-anxiety|sleeping (?:pills?"
        r"|tablets?)|tranquill?i[sz]ers?"
        r"|sedatives?|insulin|painkillers?|(?:take|took|taking|my|these) (?:[a-z]+ )?(?:pills|tablets)"
    ),
    "en: self-harm": (
        r"suicid(?:e|es|al|ally)|self-?harm(?:ed|ing|s)?|overdosed?|(?:kill|kills|killed|killing|harm|harmed"
        r"|harming|hurt|hurting|cut|cutting|hang|hanged)"
        r" (?:myself|himself|herself|themselves)|(?:end|ended|ending|take|took|taking|taken) (?:my|his|her"
        r"|their) (?:own )?li(?:fe|ves)"
        r"|(?:want|wanted|wish|wished) to die|(?:not|no longer|n't|never) want(?:ed)? to (?:live|be alive|wake up)"
        r"|no reason to live"
    ),
    "en: pregnancy and disability": (
        r"pregnan(?:t|cy|cies)|miscarr(?:iage|ied)|abortion|disabilit(?:y|ies)|(?:i am|i'm|he is|she is"
        r"|permanently|severely|physically|mentally"
        r"|partially) disabled|disabled (?:person|people|veteran|child|children|son|daughter|brother|sister|man"
        r"|woman|mother|father|husband|wife)"
        r"|(?:son|daughter|child|husband|wife|mother|father|brother|sister) (?:is|was) disabled|handicap(?:ped)?"
        r"|wheelchair|(?:am|is|was) (?:deaf|paraly[sz]ed)"
    ),
    "es": (
        r"depresion|deprimid[oa]s?|enferm(?:o|a|os|as|e|edad|edades|aron)|hospital(?:es|izad[oa]|izaron|izacion)?"
        r"|clinica|medicos?|medicamentos?|medicinas?|medicacion"
        r"|tratamiento (?:medico|psicologico|psiquiatrico|para|contra)|psicolog[oa]|psiquiatr[a-z]+|psiquiatrico"
        r"|terapia|suicid[a-z]+|embaraz(?:ada|o)|discapacidad|discapacitad[oa]"
        r"|diagnostic(?:o|ada|ado|aron)|cirugia|operacion de (?:mi|su|corazon|la (?:madre|hija))|cancer|diabetes"
        r"|ataques? de (?:panico|ansiedad)|quitarme la vida|matarme|antidepresivos?|salud"
    ),
    "fr": (
        r"depression|depressi(?:f|ve)|malad(?:e|es|ie|ies)|hopital|hopitaux|hospitalise[es]*|medecins?"
        r"|medicaments?|traitement (?:medical|psychiatrique|psychologique|pour|contre)"
        r"|psychologue|psychiatr[a-z]+|therapie|suicid[a-z]+|enceinte|grossesse|handicap[a-z]*|diagnosti[a-z]+"
        r"|chirurgie|cancer|diabete|me tuer|fin a mes jours|antidepresseurs?|sante"
    ),
    "de": (
        r"depression(?:en)?|depressiv[a-z]*|krank(?:e[nrsm]?|heit[a-z]*|enhaus[a-z]*|geschrieben[a-z]*)?"
        r"|erkrank[a-z]+|arztin|arzt(?:e|en|es|lich[a-z]*)?|klinik(?:en)?|medikament[a-z]*"
        r"|behandlung wegen|in (?:arztlicher |psychiatrischer )?behandlung|psycholog(?:e|en|in|isch[a-z]*)"
        r"|psychiat[a-z]+|therap(?:ie|ien|eut|eutin|euten)|selbstmord[a-z]*|suizid[a-z]*|schwanger[a-z]*"
        r"|behinder(?:t|te|ter|ten|ung|ungen)|schwerbehindert[a-z]*|diagnos(?:e|en|tiziert)|krebs(?:krank"
        r"|erkrank)?[a-z]*|herzinfarkt|schlaganfall|das leben nehmen|umbringen|antidepressiva|gesundheit[a-z]*"
    ),
    "pt": (
        r"depressao|deprimid[oa]|doenca[s]?|doente[s]?|adoeci|adoeceu|hospita(?:l|is)|internad[oa]|medic(?:o|a)s?"
        r"|tom(?:o|ar|ei|ando) remedios?|medicamentos?|tratamento (?:medico|psicologico|psiquiatrico|para|contra)"
        r"|psicolog[oa]|psiquiatr[a-z]+|terapia|suicid[a-z]+|gravid(?:a|ez)|deficien(?:te fisic[oa]|cia (?:fisica"
        r"|mental|visual))|diagnostic(?:o|ada|ado)|cirurgia|cancer|diabetes|tirar a (?:minha )?(?:propria )?vida"
        r"|me matar|saude"
    ),
    "it": (
        r"depressione|malatt?i[ae]|malat[oa]|ospedale|ricoverat[oa]|psicolog[oa]|psichiatr[a-z]+|suicid[a-z]+|incinta"
        r"|gravidanza|disabil(?:e|i|ita)|medicin[ae]|farmac[oi]|terapia|cancro|(?:mia|di|la) salute"
    ),
    "nl": (
        r"depressi(?:e|ef)|ziek(?:te|tes|enhuis)?|huisarts|psycholoog|psychiat[a-z]+|zelfmoord[a-z]*|suicid[a-z]+"
        r"|zwanger[a-z]*|gehandicapt|medicijn(?:en)?|kanker|gezondheid"
    ),
    "pl": (
        r"depresj[a-z]+|chor(?:y|a|oba|obe|oby)|szpital[a-z]*|lekarz[a-z]*|psycholog[a-z]*|psychiatr[a-z]+"
        r"|samoboj[a-z]+|ciaz[ay]|ciazy|niepelnospraw[a-z]+|lek(?:i|ow) na|zdrowi[a-z]+"
    ),
    "tr": (
        r"depresyon[a-z]*|hasta(?:yim|landim|lik|lik[a-z]+|ne[a-z]*)?|doktora|psikolog[a-z]*|psikiyatr[a-z]*"
        r"|intihar[a-z]*|hamile[a-z]*|engelliyim|ilac(?:lar)?[a-z]*|kanser[a-z]*|saglig[a-z]+"
    ),
    "vi": (
        r"tram cam|benh (?:vien|tat|tim|ung thu)|bi benh|om nang|ung thu|tu tu|tu sat|mang thai|khuyet tat"
        r"|thuoc (?:ngu|chong|tri)|bac si|suc khoe|dieu tri"
    ),
    "id": (
        r"depresi|sakit (?!hati)(?:jantung|jiwa|parah|keras|kanker)|jatuh sakit|penyakit|rumah sakit|dokter"
        r"|doktor saya|hospital|psikolog|psikiat(?:er|ri)|bunuh diri|hamil|mengandung anak|disabilitas"
        r"|orang kurang upaya|cacat|obat(?: tidur)?|ubat|kanker|kemurungan|kesehatan|kesihatan"
    ),
    "tl": r"depresyon|may sakit|nagkasakit|ospital|gamot|doktor|magpakamatay|nagpakamatay|buntis|kapansanan|kalusugan",
}

UNSPACED: dict[str, str] = {
    "zh": any_of(
        "抑郁|抑鬱|忧郁症|憂鬱症|焦虑症|焦慮症|生病|疾病|患病|重病|病情|住院|医院|醫院|治疗|治療|看病|看医生|看醫生|心理医生|心理醫生|精神科|吃药|吃藥|服药|服藥|"
        "药物|藥物|安眠药|安眠藥|自杀|自殺|轻生|輕生|自残|自殘|怀孕|懷孕|残疾|殘疾|手术|手術|癌症|糖尿病|心脏病|心臟病|高血压|高血壓|诊断|診斷|健康"
    ),
    "ja": any_of("うつ病|鬱病|病気|病院|入院|通院|医師|精神科|心療内科|睡眠薬|薬を飲|妊娠|障害者|自殺|自傷"),
    "ko": any_of("우울증|병원|입원|치료|정신과|수면제|자살|자해|임신|장애인|질병|건강|진단"),
    "ar": any_of(
        "اكتئاب|مستشفى|المستشفي|انتحار|الانتحار|مريض|مرضت|أمراض|علاج نفسي|العلاج|طبيب|أدوية|دواء|"
        "حامل في|أنا حامل|إعاقة|سرطان|مرض السكري|الصحة النفسية|صحتي|أقتل نفسي"
    ),
    "fa": any_of("افسردگی|بیمارستان|بیماری|خودکشی|باردار|معلول|داروی"),
    "he": any_of("דיכאון|בית חולים|התאבד|אובדני|בהריון|נכות|תרופות|פסיכיאטר|פסיכולוג"),
    "hi": any_of("अवसाद|डिप्रेशन|बीमार|अस्पताल|आत्महत्या|इलाज|दवाई|दवाइय|गर्भवती|विकलांग|दिव्यांग|डॉक्टर|कैंसर|स्वास्थ्य"),
    "bn": any_of("বিষণ্নতা|হাসপাতাল|আত্মহত্যা|অসুস্থ|চিকিৎসা|গর্ভবতী|প্রতিবন্ধী"),
    "th": any_of("ซึมเศร้า|โรงพยาบาล|ฆ่าตัวตาย|ป่วย|รักษาตัว|จิตแพทย์|หาหมอ|ยานอนหลับ|ตั้งครรภ์|พิการ|มะเร็ง|สุขภาพ"),
    "km": any_of("មន្ទីរពេទ្យ|ជំងឺ|ធ្វើអត្តឃាត|មានផ្ទៃពោះ|ពិការ"),
    "my": any_of("ဆေးရုံ|ရောဂါ|ကိုယ်ဝန်|မသန်စွမ်း"),
    "lo": any_of("ໂຮງໝໍ|ພະຍາດ|ຂ້າຕົວຕາຍ"),
    "ru": (
        r"(?<![а-я])(?:депресси[а-я]*|болезн[а-я]*|заболел[а-я]*|больниц[а-я]*|лечи(?:лся|лась|ться)|лечени[а-я]*"
        r"|врач[а-я]*|психиатр[а-я]*|психолог[а-я]*|лекарств[а-я]*"
        r"|антидепрессант[а-я]*|самоубииств[а-я]*|суицид[а-я]*|покончить с собои|беременн[а-я]*|инвалид[а-я]*"
        r"|диагноз[а-я]*|здоровь[а-я]*)"
    ),
    "uk": (
        r"(?<![а-яієґ])(?:депресі[а-яі]*|хвороб[а-яі]*|захворі[а-яі]*|лікарн[а-яі]*|лікуванн[а-яі]*|самогубств[а-яі]*"
        r"|вагітн[а-яі]*|інвалід[а-яі]*|здоров'я)"
    ),
    "el": r"(?<![α-ω])(?:καταθλιψη|νοσοκομει[α-ω]*|αυτοκτον[α-ω]*|εγκυος|αναπηρ[α-ω]*|ασθενει[α-ω]*)",
}
