"""The local police of the country of residence, and which reports of the file were made to them."""

from __future__ import annotations

import re
import unicodedata

from cases.case_file import CaseFile, counts_as_filed
from cases.enums import Channel, ReportKind
from cases.models import Report
from cases.plan.rows import Desk, Group, LetterKind, PlanRow
from directory.geography.countries import country_name
from directory.playbooks import home_playbook, no_channel_at_home

POLICE_WHY = (
    "The police where the victim lives. Insist on the police report number: it is the proof that there was a crime."
)
# "police" as the public calls it, in the languages of the world's police forces; neither an insurance policy (polizza,
# poliță), nor politics, nor a city (Minneapolis, Metropolitan) nor what is Polish.
_SAYS_POLICE = re.compile(
    r"polic(?!l|y(?!jn)|ies\b)|políc|poliz[ie]|poli[ţț]i|poliis|politi(?![ckqz]|s[ckm]|eke?\b)|polits[ei]"
    r"|politik(?:reds|ammer|ontor|orps|ommiss|onst|vinn|vind)"  # Danish, Norwegian; politik alone is politics
    r"|\b(?:ke|la|ma)?polis(?!h)|polis(?:en|myndighet|styrelse)|(?:kriminal|säkerhets|gräns|när|riks|trafik)polis"
    r"|pulis|poileas|heddlu|gendarm|jandarm|žandarm|carabinier|carabiner"
    r"|guardia civil|mossos|ertzaintza|questura|comisar[ií]a|garda|sheriff|constabular|rendőr|lögregl|emniyet"
    r"|警|公安|경찰|شرطة|پلیس|پولیس|پۆلیس|полици|поліц|милици|міліц|цагдаа|αστυνομ|ոստիկան|პოლიც|משטר[הת]|ፖሊስ"
    r"|ตำรวจ|cảnh sát|công an|पुलिस|पोलीस|पोलिस|प्रहरी|পুলিশ|ਪੁਲਿਸ|પોલીસ|காவல்|పోలీస|ಪೊಲೀಸ|പോലീസ|പൊലീസ|පොලි"
    r"|ប៉ូលិស|នគរបាល|ຕຳຫຼວດ|ရဲ",
    re.IGNORECASE,
)


def local_police_key(country: str) -> str:
    """The key of the local police of a country, which the directory has no row for."""
    return f"{country.lower()}-local-police"


def is_local_police(report: Report, country: str) -> bool:
    """A free-named report counts for the local police when its kind, or else its name, says police.

    So does a report to the country's own police that the directory has: local or national, either will do, but no
    mailbox or line that takes no complaint.
    """
    if report.agency_key == local_police_key(country):
        return True
    if report.agency_key:
        return report.kind == ReportKind.POLICE and _is_police_of(country, report.agency_key)
    if report.kind:
        return report.kind == ReportKind.POLICE
    return says_police(report.agency_name)


def _is_police_of(country: str, key: str) -> bool:
    return key.startswith(f"{country.lower()}-") and key not in home_playbook(country).no_substitute


def says_police(name: str) -> bool:
    """Whether the name of an agency says that it is a police force."""
    return bool(_SAYS_POLICE.search(unicodedata.normalize("NFC", name)))


def local_police_row(file: CaseFile) -> PlanRow:
    """The police of the country of residence. The victim knows the station best: `to` is empty."""
    country = file.victim.country
    return PlanRow(
        key=local_police_key(country),
        name=f"Local police, {country_name(country).removeprefix('the ')}",
        letter_kind=LetterKind.POLICE,
        group=Group.HOME,
        desk=Desk.POLICE,
        channel=Channel.IN_PERSON,
        to="",
        why=" ".join([POLICE_WHY, *_no_other_channel(country), *_refusals(file)]),
        state=country,
    )


def _no_other_channel(country: str) -> list[str]:
    return [] if home_playbook(country).is_known else [no_channel_at_home(country)]


def _refusals(file: CaseFile) -> list[str]:
    reports = [r for r in file.reports if is_local_police(r, file.victim.country)]
    if any(counts_as_filed(report) for report in reports):
        return []
    return [f"{r.agency_name} refused on {r.filed_on}: ask again, or at another station." for r in reports]
