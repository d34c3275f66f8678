"""The rows of a case that an intake brings: replaced as a whole, except what did not come from an intake."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model

from cases.actions.former import take_out
from cases.enums import Direction, Origin, ReportKind
from cases.identifiers import canonicalize, merge_key
from cases.institutions import institution_slug
from cases.intake import Intake
from cases.intake.records import EarlierReport
from cases.models import (
    Case,
    Consent,
    Evidence,
    Identifier,
    Report,
    Reporter,
    TimelineEvent,
    Transfer,
    Victim,
)
from directory.geography.countries import country_name
from directory.models import Agency
from directory.queries import agencies_by_name


@dataclass(frozen=True, slots=True)
class Stored:
    """A piece of evidence that is in the vault."""

    sha256: str
    size: int
    media_type: str


def replace_parts(case: Case, intake: Intake, evidence: Sequence[Stored]) -> None:
    """Put the intake's rows in the place of those that an earlier intake brought."""
    for model in (Report, Consent, Evidence):
        take_out(model.objects.filter(case=case, origin=Origin.INTAKE.value))
    replace_facts(case, intake)
    _create(_reports(case, intake))
    _create(_consents(case, intake))
    _create(_evidence(case, intake, evidence))


def replace_facts(case: Case, intake: Intake) -> None:
    """Put the intake's people, identifiers, payments and chronology in the place of the case's."""
    for model in (Victim, Reporter, Identifier, Transfer, TimelineEvent):
        model.objects.filter(case=case).delete()
    _victim(case, intake).save()
    if reporter := _reporter(case, intake):
        reporter.save()
    _create(_identifiers(case, intake))
    _create(_transfers(case, intake))
    _create(_timeline(case, intake))


def _create(rows: Iterable[Model]) -> None:
    made = list(rows)
    if made:
        type(made[0])._default_manager.bulk_create(made)


def _victim(case: Case, intake: Intake) -> Victim:
    victim, address, safe = intake.victim, intake.victim.address, intake.victim.safe_contact
    phone = canonicalize("phone", victim.phone, country=address.country) if victim.phone else None
    return Victim(
        case=case,
        full_name=victim.full_name,
        email=victim.email or "",
        phone=victim.phone or "",
        phone_e164=phone.value if phone and not phone.problems else "",
        date_of_birth=victim.date_of_birth,
        language=victim.language or "",
        street=address.street or "",
        city=address.city or "",
        region=address.region or "",
        postal_code=address.postal_code or "",
        country=address.country,
        nationalities=list(victim.nationalities),
        email_is_safe=safe.email_is_safe,
        phone_is_safe=safe.phone_is_safe,
        safe_contact_note=safe.note or "",
    )


def _reporter(case: Case, intake: Intake) -> Reporter | None:
    reporter = intake.reporter
    if reporter is None:
        return None
    return Reporter(
        case=case,
        full_name=reporter.full_name,
        relation=reporter.relation,
        email=reporter.email or "",
        phone=reporter.phone or "",
        country=reporter.country or "",
    )


def _identifiers(case: Case, intake: Intake) -> Iterable[Identifier]:
    """The same identifier twice, by canonical form, is one; a later note fills an empty one."""
    merged: dict[object, Identifier] = {}
    country = intake.victim.address.country
    for position, given in enumerate(intake.identifiers):
        canonical = canonicalize(given.kind, given.value, service=given.service or "", country=given.country or country)
        row = Identifier(
            case=case,
            position=position,
            kind=given.kind.value,
            value=given.value,
            service=given.service or "",
            country=given.country or "",
            note=given.note or "",
            canonical=canonical.value,
            canonical_service=canonical.service,
            host=canonical.host,
            registrable_domain=canonical.registrable_domain,
            chain=canonical.chain,
        )
        kept = merged.setdefault(merge_key(canonical), row)
        kept.note = kept.note or row.note
        kept.service = kept.service or row.service
    return merged.values()


def _transfers(case: Case, intake: Intake) -> Iterable[Transfer]:
    for position, given in enumerate(intake.transfers):
        informed = given.institution_informed
        returned = given.direction == Direction.RETURNED
        yield Transfer(
            case=case,
            position=position,
            sent_on=given.sent_on,
            sent_at=given.sent_at,
            sent_at_text=given.sent_at.strftime("%Y-%m-%d %H:%M %Z") if given.sent_at else "",
            amount=given.amount,
            currency=given.currency,
            network=given.network or "",
            mechanism=given.mechanism.value,
            from_institution=given.from_institution or "",
            from_account=given.from_account or "",
            to_institution=given.to_institution or "",
            to_bank_code=given.to_bank_code or "",
            to_account="" if returned else given.to_account or "",
            to_own_account=given.to_account if returned else None,
            to_name=given.to_name or "",
            to_country=given.to_country or "",
            reference=given.reference or "",
            tag=given.tag or "",
            direction=given.direction.value,
            second_fraud=given.second_fraud,
            informed_on=informed.on if informed else None,
            informed_outcome=(informed.outcome or "") if informed else "",
            informed_reference=(informed.reference or "") if informed else "",
        )


def _timeline(case: Case, intake: Intake) -> Iterable[TimelineEvent]:
    for position, entry in enumerate(intake.fraud.timeline):
        yield TimelineEvent(case=case, position=position, on=entry.on, fact=entry.fact)


def _reports(case: Case, intake: Intake) -> Iterable[Report]:
    agencies = agencies_by_name(given.agency for given in intake.reports)
    named = (name for transfer in intake.transfers for name in (transfer.from_institution, transfer.to_institution))
    institutions = {f"institution-{institution_slug(name)}": name for name in named if name}
    for position, given in enumerate(intake.reports):
        yield _report(case, position, given, agencies[given.agency], institutions)


def _report(
    case: Case, position: int, given: EarlierReport, agency: Agency | None, institutions: dict[str, str]
) -> Report:
    return Report(
        case=case,
        position=position,
        agency_key=agency.key if agency else _plan_key(given.agency),
        agency_name=agency.name_en if agency else _name(given.agency, institutions),
        kind=_kind(given, agency),
        channel=given.channel.value if given.channel else "",
        filed_on=given.filed_on,
        reference_number=given.reference_number or "",
        outcome=given.outcome.value,
        outcome_reason=given.outcome_reason or "",
        station=given.station or "",
        officer=given.officer or "",
    )


def _kind(given: EarlierReport, agency: Agency | None) -> str:
    """The directory's where it has the agency, for it knows better; else as given."""
    known = {kind.value for kind in ReportKind}
    if agency and agency.kind in known:
        return agency.kind
    return given.kind.value if given.kind else ""


def _name(text: str, institutions: dict[str, str]) -> str:
    """A key of the plan as people read it; an embassy without the country it is in, which may have to stay secret."""
    key, state = _plan_key(text), country_name(text[:2].upper())
    if not key:
        return text
    if key.startswith("institution-"):
        return institutions.get(key, text)
    if "-embassy-" in key:
        return f"Embassy of {state}"
    return f"Local police, {state}" if key.endswith("-local-police") else f"Anti-trafficking police, {state}"


def _plan_key(text: str) -> str:
    """The key of a plan row that the directory has no row for, where the report names one."""
    is_key = (
        text.startswith("institution-") or text.endswith(("-local-police", "-anti-trafficking")) or "-embassy-" in text
    )
    return text if is_key and text == text.lower() and " " not in text and len(text) <= 120 else ""


def _consents(case: Case, intake: Intake) -> Iterable[Consent]:
    """A consent that a member recorded stays, unless the intake has a later one."""
    kept = {consent.agency_key: consent for consent in Consent.objects.filter(case=case)}
    for position, given in enumerate(intake.consents):
        if recorded := kept.get(given.agency):
            if recorded.given_on >= given.given_on:
                continue
            take_out(Consent.objects.filter(pk=recorded.pk))
        yield Consent(
            case=case,
            position=position,
            agency_key=given.agency,
            given_on=given.given_on,
            signed_as=given.signed_as,
            withhold=[item.value for item in given.withhold],
            disclose=[item.value for item in given.disclose],
            given_by=given.given_by.value,
            method=given.method.value if given.method else "",
            language=given.language or "",
            notice_version=given.notice_version or "",
        )


def _evidence(case: Case, intake: Intake, stored: Sequence[Stored]) -> Iterable[Evidence]:
    """The same file twice is one piece of evidence; what a member added stays."""
    rows: dict[str, Evidence] = {}
    kept = set(Evidence.objects.filter(case=case).values_list("sha256", flat=True))
    for position, (given, file) in enumerate(zip(intake.evidence, stored, strict=True)):
        if file.sha256 in kept:
            continue
        row = Evidence(
            case=case,
            position=position,
            sha256=file.sha256,
            size=file.size,
            media_type=file.media_type,
            original_name=given.path,
            description=given.description or "",
        )
        first = rows.setdefault(file.sha256, row)
        first.description = first.description or row.description
    return rows.values()
