"""From a case and a row of its plan to the facts that one letter may say.

Everything that this recipient is not to be told is left out here, so that no template can print it.
The defaults are PROCESS.md, "Duty of care"; a consent withholds more or discloses.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from accounts.models import Organization
from cases.case_file import CaseFile, CurrencyTotal, currency_totals
from cases.enums import Direction, Disclose, Withhold
from cases.models import Report, Transfer
from cases.plan import LetterKind, PlanRow
from cases.plan.foreign import is_foreign
from cases.plan.institutions import recovery_words
from directory.geography.countries import country_name
from letters.facts import (
    EarlierReport,
    Exhibit,
    IdentifierLine,
    Impact,
    LetterFacts,
    Person,
    Recipient,
    Reporter,
    Sender,
    Signature,
    TimelineFact,
    Total,
    TransferLine,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What this recipient may be told, beyond or short of the facts that everybody gets."""

    street: bool
    phone: bool
    email: bool
    impact: bool
    birth: bool
    nationalities: bool
    own_accounts: bool
    reporter_contact: bool
    evidence: bool
    officers: bool


def telling(file: CaseFile, row: PlanRow) -> Telling:
    """Apply the defaults, the consent for this agency, and safety, which no consent overrides."""
    consent = file.consent_for(row.key)
    withheld = set(consent.withhold) if consent else set()
    disclosed = set(consent.disclose) if consent else set()
    home = is_home(file, row)
    contact = not file.case.do_not_contact_victim
    return Telling(
        street=contact and not file.hides_location and Withhold.STREET not in withheld,
        phone=contact and file.victim.phone_is_safe and Withhold.PHONE not in withheld,
        email=contact and file.victim.email_is_safe and Withhold.EMAIL not in withheld,
        impact=Withhold.IMPACT not in withheld,
        birth=home or Disclose.DATE_OF_BIRTH in disclosed,
        nationalities=Disclose.NATIONALITIES in disclosed,
        own_accounts=home or Disclose.FROM_ACCOUNT in disclosed,
        reporter_contact=home or Disclose.REPORTER_CONTACT in disclosed,
        evidence=Disclose.EVIDENCE in disclosed,
        officers=home,
    )


def is_home(file: CaseFile, row: PlanRow) -> bool:
    """The victim's own police, desks and the institution that sent their money are told what they need."""
    return row.own_institution or (bool(row.state) and not is_foreign(file, row))


def gather(file: CaseFile, row: PlanRow, organization: Organization, *, draft: bool, on: date) -> LetterFacts:
    """All that the letter to this row's agency may say, on the given day."""
    may = telling(file, row)
    sender = _sender(organization)
    return LetterFacts(
        case_number=file.case.number,
        letter_date=on,
        draft=draft,
        sender=sender,
        recipient=_recipient(file, row),
        victim=_victim(file, may),
        signature=_signature(file, may, sender),
        reporter=_reporter(file, may),
        held=file.held,
        fraud_kind=file.case.fraud_kind,
        started_on=file.case.started_on,
        discovered_on=file.case.discovered_on,
        first_contact_on=file.case.first_contact_on,
        first_contact_service=file.case.first_contact_service,
        stated_loss=_stated_loss(file),
        timeline=tuple(TimelineFact(event.on, event.fact) for event in file.timeline),
        identifiers=_identifiers(file),
        transfers=tuple(_transfer(n, t, file, may) for n, t in enumerate(file.transfers, 1)),
        totals=tuple(_total(total) for total in currency_totals(file.transfers)),
        impact=_impact(file) if may.impact else Impact(),
        earlier_reports=tuple(_earlier(report, may) for report in file.reports),
        exhibits=_exhibits(file),
        recovery_note=_recovery(file, row),
    )


def facts_sha256(facts: LetterFacts) -> str:
    """The digest of what a letter says: equal for equal facts, whatever the day and the verification code."""
    timeless = replace(facts, letter_date=date.min, verify_url="")
    return hashlib.sha256(repr(timeless).encode()).hexdigest()


def _sender(organization: Organization) -> Sender:
    return Sender(
        name=organization.name,
        letterhead=_lines(organization.letterhead),
        postal_address=_lines(organization.postal_address),
        email=organization.sending_email,
        reply_email=organization.reply_email,
        phone=organization.phone,
        website=organization.website,
        accent_color=organization.accent_color,
    )


def _recipient(file: CaseFile, row: PlanRow) -> Recipient:
    recipient = Recipient(
        key=row.key,
        kind=row.letter_kind.value,
        name=row.name,
        name_local=row.name_local,
        address=row.address,
        channel=row.channel.value,
        to=row.to,
        attention=row.attention,
        attention_local=row.attention_local,
        ask_to_forward=row.ask_to_forward,
        chinese=row.chinese,
        foreign=is_foreign(file, row),
    )
    return _placeless(recipient, row) if file.held else recipient


def _placeless(recipient: Recipient, row: PlanRow) -> Recipient:
    """An addressee named after the place would tell where the person is held."""
    names = {
        LetterKind.OWN_EMBASSY: f"Embassy of {country_name(row.state)}",
        LetterKind.INSTITUTION: row.name,
    }
    name = names.get(row.letter_kind, "The competent police authority")
    if row.letter_kind == LetterKind.ANTI_TRAFFICKING and not row.agency:
        name = row.name
    return replace(recipient, key="", name=name, name_local="", address=(), to="")


def _victim(file: CaseFile, may: Telling) -> Person:
    victim = file.victim
    return Person(
        full_name=victim.full_name,
        address=_address(file, may),
        country="" if file.held else country_name(victim.country),
        email=victim.email if may.email else "",
        phone=_phone(file) if may.phone else "",
        date_of_birth=victim.date_of_birth if may.birth else None,
        nationalities=tuple(country_name(code) for code in victim.nationalities) if may.nationalities else (),
    )


def _phone(file: CaseFile) -> str:
    """The number as it was given, with its international form where that differs."""
    given, international = file.victim.phone, file.victim.phone_e164
    return given if given.startswith("+") or not international else f"{given} ({international})"


def _address(file: CaseFile, may: Telling) -> tuple[str, ...]:
    victim = file.victim
    if file.hides_location:
        return ()
    town = " ".join(filter(None, (victim.postal_code if may.street else "", victim.city)))
    return tuple(filter(None, (victim.street if may.street else "", town, victim.region)))


def _reporter(file: CaseFile, may: Telling) -> Reporter | None:
    reporter = file.reporter
    if reporter is None:
        return None
    if not may.reporter_contact:
        return Reporter(reporter.full_name, reporter.relation)
    country = "" if reporter.country in ("", file.case.held_in) else country_name(reporter.country)
    return Reporter(reporter.full_name, reporter.relation, reporter.email, reporter.phone, country)


def _signature(file: CaseFile, may: Telling, sender: Sender) -> Signature:
    """Who signs, with the safe ways to reach them; the organization's stand in for what is unsafe or withheld."""
    reporter = _reporter(file, may)
    victim = _victim(file, may)
    contact = [
        *_contact_lines(victim.email, victim.phone, victim.address if may.street else ()),
        *(_contact_lines(reporter.email, reporter.phone, ()) if reporter else ()),
    ]
    if not (may.phone and may.email) or not contact:
        contact.append(f"Through {sender.name}: {sender.reply_email}")
    if reporter is None:
        return Signature(full_name=victim.full_name, contact=tuple(contact))
    return Signature(reporter.full_name, victim.full_name, reporter.relation, tuple(contact))


def _contact_lines(email: str, phone: str, address: tuple[str, ...]) -> list[str]:
    lines = (("E-mail", email), ("Phone", phone), ("Post", ", ".join(address)))
    return [f"{label}: {value}" for label, value in lines if value]


def _stated_loss(file: CaseFile) -> Total | None:
    amount = file.case.stated_loss_amount
    if amount is None:
        return None
    nothing = amount.__class__(0)
    return Total(file.case.stated_loss_currency, sent=nothing, returned=nothing, lost=amount)


def _identifiers(file: CaseFile) -> tuple[IdentifierLine, ...]:
    hidden = file.case.held_in
    return tuple(
        IdentifierLine(
            kind=identifier.kind,
            value=identifier.value,
            service=identifier.service,
            country=country_name(identifier.country) if identifier.country not in ("", hidden) else "",
            note=identifier.note,
        )
        for identifier in file.identifiers
    )


def _transfer(number: int, transfer: Transfer, file: CaseFile, may: Telling) -> TransferLine:
    hidden = file.case.held_in
    return TransferLine(
        number=number,
        amount=transfer.amount,
        currency=transfer.currency,
        mechanism=transfer.mechanism,
        sent_on=transfer.sent_on,
        sent_at=transfer.sent_at_text,
        network=transfer.network,
        from_institution=transfer.from_institution,
        from_account=transfer.from_account if may.own_accounts else "",
        to_institution=transfer.to_institution,
        to_bank_code=transfer.to_bank_code,
        to_account=transfer.to_account,
        to_name=transfer.to_name,
        to_country=country_name(transfer.to_country) if transfer.to_country not in ("", hidden) else "",
        reference=transfer.reference,
        tag=transfer.tag,
        returned=transfer.direction == Direction.RETURNED,
        second_fraud=transfer.second_fraud,
        informed=_informed(transfer),
    )


def _informed(transfer: Transfer) -> str:
    if transfer.informed_on is None:
        return ""
    reference = f", reference {transfer.informed_reference}" if transfer.informed_reference else ""
    outcome = f": {transfer.informed_outcome}" if transfer.informed_outcome else ""
    return f"{transfer.informed_on}{reference}{outcome}"


def _total(total: CurrencyTotal) -> Total:
    return Total(total.currency, total.sent, total.returned, total.lost, total.second_fraud)


def _impact(file: CaseFile) -> Impact:
    case = file.case
    return Impact(
        emotional=case.impact_emotional,
        financial=case.impact_financial,
        emotional_in_english=case.impact_emotional_in_english,
        financial_in_english=case.impact_financial_in_english,
        translated_by=case.impact_translated_by,
        language=file.victim.language,
    )


def _earlier(report: Report, may: Telling) -> EarlierReport:
    return EarlierReport(
        agency=report.agency_name,
        filed_on=report.filed_on,
        reference_number=report.reference_number,
        outcome=report.outcome,
        outcome_reason=report.outcome_reason,
        station=report.station,
        officer=report.officer if may.officers else "",
    )


def _exhibits(file: CaseFile) -> tuple[Exhibit, ...]:
    return tuple(
        Exhibit(_exhibit_letter(n), evidence.media_type, evidence.sha256, evidence.description)
        for n, evidence in enumerate(file.evidence)
    )


def _exhibit_letter(number: int) -> str:
    """A, B … Z, AA, AB … as a bijective numeral of letters."""
    number, last = divmod(number, 26)
    return (_exhibit_letter(number - 1) if number else "") + chr(ord("A") + last)


def _recovery(file: CaseFile, row: PlanRow) -> str:
    return recovery_words(file, row.key) if row.letter_kind == LetterKind.INSTITUTION else ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
