"""Steps 4 and 5: the government mailbox and the nearest embassy of the offenders' state."""

from __future__ import annotations

from dataclasses import replace

from cases.case_file import CaseFile
from cases.enums import Channel
from cases.plan.agencies import agency_row
from cases.plan.contacts import Contacts
from cases.plan.rows import Desk, Group, LetterKind, PlanRow
from cases.triage import Nexus
from directory.enums import Purpose
from directory.models import Agency, ContactPoint
from directory.playbooks import Attention, OffenderPlaybook, china_playbook
from directory.queries import (
    NearestMission,
    nearest_consulate_general,
    nearest_embassy,
    next_embassy_with_mailbox,
    usable_mailbox,
)
from directory.queries.contacts import main_contact

# A letter to one of these boxes asks to be passed on to the Ambassador.
_ASKED_TO_FORWARD = (Purpose.PRESS, Purpose.POLITICAL, Purpose.CONSULAR)


def opens_china(file: CaseFile, nexus: Nexus) -> bool:
    """Whether Chinese agencies come into the plan: the screening says so, and no supervisor has to add them."""
    return nexus.opens_agencies and file.victim.country not in china_playbook().only_by_supervisor


def china_rows(file: CaseFile, nexus: Nexus, contacts: Contacts) -> list[PlanRow]:
    """The government mailbox and the missions, where the case may go to Chinese agencies at all."""
    if not opens_china(file, nexus):
        return []
    return [_mailbox_row(nexus, contacts), *_mission_rows(file)]


def _mailbox_row(nexus: Nexus, contacts: Contacts) -> PlanRow:
    playbook = china_playbook()
    agency = contacts.agency(playbook.government)
    why = f"The general mailbox, which forwards to the right agency. {nexus.reasons[0]} {_expect(playbook)}"
    row = agency_row(agency, main_contact(agency), group=Group.ABROAD, why=why)
    return _with_attention(row, playbook.attention["government"])


def _mission_rows(file: CaseFile) -> list[PlanRow]:
    """The nearest embassy; where it has no mailbox, two optional ways that need consents of their own."""
    victim, playbook = file.victim, china_playbook()
    if victim.country in playbook.territories:
        return []
    nearest = nearest_embassy(playbook.sending_country, victim.country, victim.city, victim.region)
    if nearest is None:
        return []
    rows = [_mission_row(nearest, playbook, LetterKind.EMBASSY)]
    return rows + _other_ways(file, playbook) if rows[0].no_mailbox else rows


def _other_ways(file: CaseFile, playbook: OffenderPlaybook) -> list[PlanRow]:
    """Where the embassy has no mailbox: the next embassy that has one, and the nearest consulate general."""
    sender, city, region = playbook.sending_country, file.victim.city, file.victim.region
    embassy = next_embassy_with_mailbox(sender, file.victim.country, city, region)
    consulate = nearest_consulate_general(sender, file.victim.country, city, region)
    found = ((embassy, LetterKind.EMBASSY), (consulate, LetterKind.CONSULATE))
    return [_mission_row(mission, playbook, kind, optional=True) for mission, kind in found if mission]


def _mission_row(
    nearest: NearestMission, playbook: OffenderPlaybook, kind: LetterKind, *, optional: bool = False
) -> PlanRow:
    agency = nearest.mission.agency
    mailbox, address = usable_mailbox(agency), _postal_address(agency)
    reachable = mailbox or address
    attention = playbook.attention["embassy" if kind == LetterKind.EMBASSY else "consulate_general"]
    row = PlanRow(
        key=agency.key,
        name=agency.name_en,
        name_local=agency.name_local,
        letter_kind=kind,
        group=Group.ABROAD,
        desk=Desk.MISSION,
        channel=Channel.EMAIL if mailbox else Channel.POST,
        to=reachable.value if reachable else "",
        why=f"{nearest.reason} {_reach(mailbox, address)}{_expect(playbook)}",
        state=nearest.mission.sending_country,
        optional=optional,
        information=reachable is None,
        address=(address.value,) if address else (),
        ask_to_forward=mailbox is not None and mailbox.purpose in _ASKED_TO_FORWARD,
        no_mailbox=mailbox is None,
        agency=agency,
        contact=reachable,
    )
    return _with_attention(row, attention)


def _postal_address(agency: Agency) -> ContactPoint | None:
    points = agency.contact_points.all()
    return next((point for point in points if point.channel == Channel.POST and not point.is_closed), None)


def _with_attention(row: PlanRow, attention: Attention) -> PlanRow:
    return replace(row, attention=attention.en, attention_local=attention.zh)


def _reach(mailbox: ContactPoint | None, address: ContactPoint | None) -> str:
    if mailbox:
        return ""
    if address:
        return "It publishes no mailbox: the letter goes on paper. "
    return "Neither a mailbox nor an address of it is known: a person looks for one. "


def _expect(playbook: OffenderPlaybook) -> str:
    return f"An answer may never come. The Foreign Ministry's own list of addresses: {playbook.fallback_url}"
