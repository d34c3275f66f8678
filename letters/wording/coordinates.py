"""Coordinates in any notation, links to maps, plus codes and three-word addresses in a text.

Amounts look alike ("1,310,500.00, 27.5"), so a bare pair of decimals must be within range and must
not stand among money. All patterns run over folded text and are linear: bounded numbers, no nesting.
"""

import re
from collections.abc import Iterator

from letters.wording.folding import Folded

_LAT = r"(?<![\d.,])[-+]?\d{1,2}(?:\.\d{1,18})?"
_LON = r"[-+]?\d{1,3}(?:\.\d{1,18})?(?![\d.])"
_MAPS = (
    r"maps?\.google\.|google\.[a-z.]{2,6}/maps|goo\.gl/maps|maps\.app\.goo\.gl|g\.co/maps|maps\.apple"
    r"|apple\.com/maps|apple\.co/maps"
    r"|bing\.com/maps|openstreetmap\.|osm\.org|map\.baidu\.|amap\.com|map\.qq\.com|waze\.com"
    r"|yandex\.[a-z.]{2,6}/maps|2gis\.|mapy\.cz"
    r"|wego\.here\.|share\.here\.|what3words\.|w3w\.co|plus\.codes|map\.naver|naver\.me|map\.kakao|kko\.to"
    r"|organicmaps|maps\.me"
)

NOTATIONS: dict[str, str] = {
    "geo URI": r"(?<![a-z])geo:[-+]?\d[\d.,;=a-z+-]{2,80}",
    "map link": rf"(?<![a-z0-9])(?:https?://)?(?:[a-z0-9-]{{1,40}}\.){{0,3}}(?:{_MAPS})[!#-;=?-~]{{0,500}}",
    "google data": r"!3d[-+]?\d{1,2}\.\d{1,18}!4d[-+]?\d{1,3}\.\d{1,18}",
    "degrees and minutes": (
        r"(?<![\d.,])\d{1,3}\s?(?:°|deg(?:rees?)?|度)\s?\d{1,2}(?:[.,]\d{1,10})?\s?(?:'|min"
        r"|分)(?:\s?\d{1,2}(?:[.,]\d{1,10})?\s?(?:\"|''|sec|秒))?(?:\s?[nsewo](?![a-z]))?"
    ),
    "degrees and hemisphere": (
        r"(?<![\d.,])\d{1,3}(?:[.,]\d{1,18})?\s?(?:°|deg(?:rees)?)\s?(?:north|south|east|west|[nsewo]|norte|sur|este"
        r"|oeste|nord|sud|с\.?\s?ш|в\.?\s?д)(?![a-z])"
    ),
    "numbers and hemispheres": (
        r"(?<![a-z\d.,])\d{1,2}(?:\.\d{1,18})?\s?°?\s?[ns][\s,;/]{0,3}\d{1,3}(?:\.\d{1,18})?\s?°?\s?[ewo](?![a-z])"
    ),
    "hemispheres and numbers": r"(?<![a-z])[ns]\s?\d{1,2}\.\d{1,18}\s?°?[\s,;/]{0,3}[ewo]\s?\d{1,3}\.\d{1,18}(?![\d.])",
    "compact degrees": r"(?<![a-z\d])\d{4,6}(?:\.\d{1,6})?[ns][\s,]?\d{5,7}(?:\.\d{1,6})?[ew](?![a-z\d])",
    "ISO 6709": r"(?<![\d.,])[+-]\d{2}\.\d{2,18}[+-]\d{3}\.\d{2,18}(?!\d)",
    "labelled": (
        r"(?<![a-z])(?:(?:lat|latitude?|longitude?|breitengrad|langengrad)\s?[:=]?|(?:lon|long"
        r"|lng)\s?[:=])\s?[-+]?\d{1,3}[.,]\d{1,18}"
        r"|(?:[北南]纬|[北南]緯|[东東西]经|[东東西]經|纬度|緯度|经度|經度)\s?[:=]?\s?[-+]?\d{1,3}"
    ),
    "UTM or MGRS": (
        r"(?<![a-z\d])\d{1,2}[c-hj-np-x]\s(?:[a-hj-np-z]{2}\s\d{4,5}\s\d{4,5}|\d{6}\s?m?e?[\s,]{1,2}\d{7})(?!\d)"
    ),
    "three words": (
        r"(?<![:/\w])///[^\W\d_]{2,30}\.[^\W\d_]{2,30}\.[^\W\d_]{2,30}|(?:what3words"
        r"|w3w)\W{1,3}[^\W\d_]{2,30}\.[^\W\d_]{2,30}\.[^\W\d_]{2,30}"
    ),
}
_NOTATIONS = [re.compile(pattern) for pattern in NOTATIONS.values()]

# A full plus code has eight characters before the sign, a short one four or six (zeros pad).
_PLUS_CODE = re.compile(
    r"(?<![a-z\d+])(?:[2-9cfghjmpqrvwx]{4}(?:[2-9cfghjmpqrvwx0]{2}){0,2})\+(?:[2-9cfghjmpqrvwx]{2,4})?(?![a-z\d+])"
)

# Looked for at every place (hence the lookahead), so that a number before a pair does not eat its first half.
_PAIR = re.compile(rf"(?=(({_LAT})\s?°?(\s{{0,2}}[,;/]\s{{0,2}}|\s{{1,3}})({_LON})°?))")
_COMMA_PAIR = re.compile(
    r"(?=((?<![\d.,])([-+]?\d{1,2},\d{4,18})(\s{0,2}[;/]\s{0,2}|\s{1,3})([-+]?\d{1,3},\d{4,18})(?![\d.,])))"
)
_MONEY = (
    r"[$€£¥₫฿₹₩%]|usdt?|usdc|eur|gbp|btc|eth|trx|cny|rmb|hkd|thb|dollars?|euros?|percent|per cent|coins?|元|美元|万"
)
_MONEY_BEFORE = re.compile(
    rf"(?:{_MONEY})\s?$|(?:paid|sent|lost|amounts?|fees?|deposit(?:s|ed)?|transferred|withdrew|sums?)(?: of)?:?\s?$"
)
_MONEY_AFTER = re.compile(rf"^\s?(?:{_MONEY})|^,?\s?(?:and|y|et|und|e|,)\s?\d")


def coordinate_spans(folded: Folded) -> Iterator[tuple[int, int]]:
    """Where the folded text gives away a point on the map."""
    for pattern in _NOTATIONS:
        yield from (match.span() for match in pattern.finditer(folded.text))
    yield from (match.span() for match in _PLUS_CODE.finditer(folded.text) if _is_plus_code(match[0]))
    for pattern in (_PAIR, _COMMA_PAIR):
        yield from (match.span(1) for match in pattern.finditer(folded.text) if _is_point(folded.text, match))


def _is_plus_code(code: str) -> bool:
    """7P62JG5F+X2, JG5F+X2, 7P620000+; but not 2022+23 and not a blacked-out xxxx+xx."""
    before, _, after = code.partition("+")
    if not after and not (len(before) == 8 and before.endswith("0")):
        return False
    return any(map(str.isalpha, code)) and any(map(str.isdigit, code))


def _is_point(text: str, match: re.Match[str]) -> bool:
    first, separator, second = match[2], match[3], match[4]
    latitude, longitude = (number.replace(",", ".") for number in (first, second))
    if abs(float(latitude)) > 90 or abs(float(longitude)) > 180:
        return False
    decimals = min(len(number.partition(".")[2]) for number in (latitude, longitude))
    if decimals == 0 or (separator.isspace() and decimals < 3):
        return False
    return not _is_money(text, match, decimals) and (decimals > 2 or not _are_days(first, second))


def _is_money(text: str, match: re.Match[str], decimals: int) -> bool:
    before, after = text[max(match.start() - 16, 0) : match.start()], text[match.end(1) : match.end(1) + 12]
    if re.match(rf"^\s?(?:{_MONEY})(?![a-z])", after) or re.search(rf"(?:{_MONEY})\s?$", before):
        return True
    listed = re.search(r"\d,\s?$", before) or _MONEY_AFTER.match(after)
    return decimals < 3 and bool(listed or _MONEY_BEFORE.search(before))


def _are_days(first: str, second: str) -> bool:
    """12.05, 13.05: days and months as German and Russian write them."""
    day_month = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])")
    return bool(day_month.fullmatch(first) and day_month.fullmatch(second))
