"""The words that PROCESS.md keeps out of letters to Chinese agencies, as patterns over folded text.

Two families: the s-word with its inflections and the forms in which other languages borrowed it, and
"pig butchering" (杀猪盘) with its translations. Every pattern has a name, and the tests have a
sentence that only this pattern finds. Each one is linear: literals, one greedy class, no nesting.
"""

import re

from letters.wording.folding import folded_text

_GAP = r"[\s_'\"*/+-]{0,3}"  # between the two halves of a compound; never a full stop or comma


def any_of(words: str) -> str:
    """A pattern for these words (with bars between them) as they stand, folded."""
    return "|".join(re.escape(folded_text(word)) for word in words.split("|"))


# Words that begin alike and are innocent (scampi, scamper, Scamander, Italian scambio, scamosciato …)
# are kept out by listing the endings that make a form of the word; \w* would take them all.
_ENDINGS = (
    r"s|z|y|ier|iest|te?|de?n?|nya|ad[ao]s?|ing[a-z]*|ow[a-z]*|l[ae][a-z]*"
    r"|m(?!on|ell)[a-z]*"  # scammony is a plant, Scammell and Scammon are names
    r"|e(?:d|n|t|r[a-z]*|[ao][a-z]*)?"
)
_SECOND_HALVES = (
    r"alert|app|artist|attack|bait|call|cent|city|coin|compound|company|demic|free|gang|ish|land|like"
    r"|lord|mail|network|page|platform|proof|ring|site|ster|tastic|text|token|victim|ware|web"
    r"|anruf|masche|opfer|seite|zentr"
)
_FIRST_HALVES = (
    r"anti|crypto|cripto|krypto|dating|di|email|ge|job|love|mega|nge|non|online|phone|re|romance|task"
    r"|un|ver|wy|za|ze"
)

# The start of a Latin word is checked by the caller, who still knows capitals (CryptoScam).
LATIN_WORDS: dict[str, str] = {
    "word": rf"(?:{_FIRST_HALVES})?scam(?:{_ENDINGS}|(?:{_SECOND_HALVES})[a-z]*)?(?![a-z])",
    "disguised": r"(?:\$c[a@4*]m|sc[@4*]m)(?:s|m[a-z]*)?(?![a-z])",
    "spelled out": r"s([ .*_·-])c\1a\1m(?![a-z])",
}
LATIN_TERMS: dict[str, str] = {
    "pig butchering": rf"(?:pig|hog|swine)(?:gy|gies)?s?{_GAP}(?:butcher|slaughter)(?:y|ings?|ed|ers?|s)?(?![a-z])",
    "butchering of pigs": r"(?:butcher|slaughter)(?:ing|ed|s)?[\s-]{1,3}(?:of\s)?(?:the\s|a\s)?(?:pig|hog)s?(?![a-z])",
    "pig killing": rf"pigs?{_GAP}kill(?:ings?|ers?|ed)?(?![a-z])",
    "pinyin": rf"sha{_GAP}zhu{_GAP}pan[a-z]?(?![a-z])",
    "es": (
        r"(?:matanza|matadero|carniceria|sacrificio|despiece|descuartizamiento)\s(?:de\s|del\s)(?:los\s)?(?:cerdo"
        r"|puerco|chancho|marrano)s?(?![a-z])"
    ),
    "fr": r"(?:abattage|boucherie|depecage|egorgement)\s(?:de\s|du\s|des\s)(?:porc|cochon)s?(?![a-z])",
    "de": rf"schweine?{_GAP}schlacht[a-z]*|schlacht(?:en|ung)\svon\sschweinen(?![a-z])",
    "pt": r"(?:abate|matanca)\s(?:de\s|do\s|dos\s)(?:porco|suino)s?(?![a-z])",
    "it": r"(?:macellazione|macello)\s(?:di\s|del\s|dei\s)(?:maial[ei]|suini)(?![a-z])",
    "nl": r"varkens?\s?slacht[a-z]*",
    "pl": r"(?:uboj|rzez)\sswin(?![a-z])|swiniobici[a-z]*",
    "tr": r"domuz\s(?:kes|kasab)[a-z]*",
    "id": r"(?:jagal|potong|sembelih|penjagalan|penyembelihan|pemotongan|pembantaian)\sbabi(?![a-z])",
    "vi": r"(?:mo|giet)\s(?:lon|heo)(?![a-z])",
}
OTHER_SCRIPTS: dict[str, str] = {
    "zh": r"[杀殺]\W{0,2}[猪豬](?:\W{0,2}[盘盤局])?",
    "ja": any_of("スキャム|スキャマー|ピッグブッチャリング|ピッグ・ブッチャリング|豚の屠殺|豚の食肉解体"),
    "ko": f"(?:{any_of('스캠|스켐')})(?!{any_of('프|페|퍼|핑')})|{any_of('스캐머|스캐밍')}"
    f"|(?:{any_of('돼지')})\\s?(?:{any_of('도살')})",
    "ru": (
        r"(?<![а-яієґ])(?:за|об|про|на|крипто|анти)?скам"
        r"(?:(?:ер|мер|инг|минг|нул|нут|ить|ити|ил|ят|ов|проект)[а-яіє]*|а|у|ом|е|ы|ам|ами|ах)?(?![а-яіє])"
        r"|(?:разделк|забо|убо)[а-я]{1,2}\sсвинеи"
    ),
    "el": r"(?<![α-ω])σκαμ(?:ερ[α-ω]*|σ)?(?![α-ω])",
    "ar": r"(?<![ء-ي])(?=[ء-ي])(?:و|ف|ب|ل)?(?:ال)?سكام(?:ر|رز|ين)?(?![ء-ي])|ذبح\s(?:ال)?خن(?:زير|ازير)",
    "fa": r"(?<![ء-ی])اسکم(?:ر|رها)?(?![ء-ی])",
    "he": r"(?<![א-ת])[הבלשומ]?סקאם|סקאמר",
    "th": any_of("สแกม|สแคม|เชือดหมู|ฆ่าหมู"),
    "hi": any_of("स्कैम|स्क्याम|पिग बुचरिंग"),
    "bn": any_of("স্ক্যাম"),
    "ta": any_of("ஸ்கேம்"),
    "te": any_of("స్కామ్"),
}
