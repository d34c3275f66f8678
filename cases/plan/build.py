"""The plan of a case: everyone who should hear of it, in the order of work, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cases.case_file import CaseFile
from cases.enums import IdentifierKind, NexusAnswer
from cases.plan.abroad import money_rows
from cases.plan.china import china_rows
from cases.plan.contacts import Contacts
from cases.plan.held import held_rows, own_embassy_keys
from cases.plan.home import home_rows
from cases.plan.institutions import institution_rows
from cases.plan.platforms import platform_rows
from cases.plan.reported import reported_rows
from cases.plan.rows import PlanRow, order
from cases.triage import Answers, Nexus, NexusRule, overruled, screen
from directory.playbooks import china_playbook


@dataclass(frozen=True, slots=True)
class Plan:
    """The screening's answer and the rows that follow from it and from the facts."""

    nexus: Nexus
    rows: tuple[PlanRow, ...]

    def row(self, key: str) -> PlanRow:
        """Return the row of one agency. Raises KeyError where the plan has none."""
        return {row.key: row for row in self.rows}[key]


def build_plan(file: CaseFile) -> Plan:
    """Work out the plan; a constant number of queries, whatever the size of the case."""
    nexus = nexus_of(file)
    missions = [report.agency_key for report in file.reports if report.agency_key]
    missions += own_embassy_keys(file) if file.held else []
    contacts = Contacts.read(missions)
    rows = held_rows(file, contacts) if file.held else _paying_victim_rows(file, nexus, contacts)
    return Plan(nexus, order([*institution_rows(file), *rows]))


def nexus_of(file: CaseFile) -> Nexus:
    """The screening of the case, or a caseworker's overrule of it."""
    nexus = screen(_answers(file), _rule())
    case = file.case
    if case.nexus_overrule:
        return overruled(nexus, NexusAnswer(case.nexus_overrule), case.nexus_overrule_reason)
    return replace(nexus, confirmed=True) if case.nexus_confirmed_reason else nexus


def _paying_victim_rows(file: CaseFile, nexus: Nexus, contacts: Contacts) -> list[PlanRow]:
    return [
        *home_rows(file, contacts),
        *platform_rows(file, contacts),
        *money_rows(file, nexus, contacts),
        *china_rows(file, nexus, contacts),
        *reported_rows(file, nexus, contacts),
    ]


def _rule() -> NexusRule:
    playbook = china_playbook()
    return NexusRule(
        country=playbook.sending_country,
        territories=playbook.territories,
        recipient_countries=playbook.named_recipient_in,
        languages=playbook.languages,
        likely_kinds=playbook.likely_kinds,
    )


def _answers(file: CaseFile) -> Answers:
    case = file.case
    return Answers(
        fraud_kind=case.fraud_kind,
        money_sent_to=_given(case.money_sent_to),
        chinese_named_recipient_in=_given(case.chinese_named_recipient_in),
        offender_spoke=_given(case.offender_spoke),
        offender_had_chinese_name=case.offender_had_chinese_name,
        transfer_countries=tuple(t.to_country for t in file.payments if t.to_country),
        website_or_app=bool(file.identifiers_of(IdentifierKind.WEBSITE, IdentifierKind.APP)),
        hints=tuple(_hints(file)),
    )


def _given(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _hints(file: CaseFile) -> list[str]:
    """A WeChat or QQ account or a Chinese number is a hint to ask, never an answer."""
    hints = []
    if any(identifier.canonical_service in ("wechat", "qq") for identifier in file.identifiers):
        hints.append("A WeChat or QQ account was used: ask what the offenders spoke. It is a hint, not an answer.")
    if any(identifier.canonical.startswith(("+86", "+852", "+853")) for identifier in file.identifiers):
        hints.append("A +86, +852 or +853 number was used: ask what the offenders spoke. It is a hint, not an answer.")
    return hints
