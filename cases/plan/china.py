"""Steps 4 and 5: the government mailbox and the nearest embassy of the offenders' state."""

from __future__ import annotations

from dataclasses import replace

from cases.case_file import CaseFile
from cases.enums import Channel
from cases.plan.agencies import agency_row
from cases.plan.contacts import Contacts
from cases.plan.rows import CHINESE_STATE, Desk, Group, LetterKind, PlanRow
from directory.queries.contacts import main_contact
from cases.triage import Nexus
from directory.models import ContactPoint
from directory.playbooks import ChinaPlaybook, china_playbook
from directory.queries import (
    NearestMission,
    mailbox_asks_to_forward,
    nearest_consulate_general,
    nearest_embassy,
    next_embassy_with_mailbox,
    postal_address,
    usable_mailbox,
)


def china_rows(file: CaseFile, nexus: Nexus, contacts: Contacts) -> list[PlanRow]:
    """The agencies of China that the screening opens; none otherwise, and none for residents of Taiwan."""
    if not nexus.opens_agencies or file.victim.country == "TW":
        return []
    return [_mailbox_row(nexus, contacts), *_mission_rows(file)]


def _mailbox_row(nexus: Nexus, contacts: Contacts) -> PlanRow:
    playbook = china_playbook()
    agency = contacts.agency(playbook.government_mailbox)
    why = f"The general mailbox, which forwards to the right agency. {nexus.reasons[0]} {_expect(playbook)}"
    row = agency_row(agency, main_contact(agency), group=Group.ABROAD, why=why)
    return _with_attention(row, playbook.attention_government)


def _mission_rows(file: CaseFile) -> list[PlanRow]:
    """The nearest embassy; where it has no mailbox, two optional ways that need consents of their own."""
    victim, playbook = file.victim, china_playbook()
    if victim.country in CHINESE_STATE:
        return []
    nearest = nearest_embassy(playbook.country, victim.country, victim.city, victim.region)
    if nearest is None:
        return []
    rows = [_mission_row(nearest, playbook, LetterKind.EMBASSY)]
    if rows[0].no_mailbox:
        others = [
            (next_embassy_with_mailbox(playbook.country, victim.country, victim.city, victim.region), LetterKind.EMBASSY),
            (
                nearest_consulate_general(
                    playbook.country, nearest.mission.host_country, victim.city, victim.region, victim.country
                ),
                LetterKind.CONSULATE,
            ),
        ]
        rows += [_mission_row(found, playbook, kind, optional=True) for found, kind in others if found]
    return rows


def _mission_row(
    nearest: NearestMission, playbook: ChinaPlaybook, kind: LetterKind, *, optional: bool = False
) -> PlanRow:
    agency = nearest.mission.agency
    mailbox, address = usable_mailbox(agency), postal_address(agency)
    reachable = mailbox or address
    attention = playbook.attention_embassy if kind == LetterKind.EMBASSY else playbook.attention_consulate_general
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
        ask_to_forward=mailbox is not None and mailbox_asks_to_forward(mailbox),
        no_mailbox=mailbox is None,
        agency=agency,
        contact=reachable,
    )
    return _with_attention(row, attention)


def _with_attention(row: PlanRow, attention: tuple[str, str]) -> PlanRow:
    return replace(row, attention=attention[0], attention_local=attention[1])


def _reach(mailbox: ContactPoint | None, address: ContactPoint | None) -> str:
    if mailbox:
        return ""
    if address:
        return "It publishes no mailbox: the letter goes on paper. "
    return "Neither a mailbox nor an address of it is known: a person looks for one. "


def _expect(playbook: ChinaPlaybook) -> str:
    return f"An answer may never come. The Foreign Ministry's own list of addresses: {playbook.fallback_url}"
