"""Recording a consent, and taking one back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from cases.actions.former import take_out
from cases.case_file import one_line
from cases.enums import ConsentGiver, ConsentMethod, Disclose, Origin, Withhold
from cases.models import Case, Consent, ConsentWithdrawal, Reporter, Victim


@transaction.atomic
def record_consent(
    *,
    case: Case,
    agency_key: str,
    given_on: date,
    signed_as: str,
    method: ConsentMethod,
    language: str,
    notice_version: str,
    by: User,
    withhold: Collection[Withhold] = (),
    disclose: Collection[Disclose] = (),
) -> Consent:
    """Record that the victim, or who speaks for them, consents that one agency is told; it replaces an earlier one.

    `signed_as` is the full name of the victim or the reporter, otherwise it is no consent (contract). `language` is
    the one it was given in (BCP 47), `notice_version` that of the privacy notice. Raises PermissionDenied, and
    ValidationError with a message for each field that does not fit.
    """
    require(by, Verb.CASE_CHANGE, case)
    giver = _giver(case, signed_as)
    _require_particulars(given_on, language, notice_version)
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    take_out(Consent.objects.filter(case=case, agency_key=agency_key))
    last = Consent.objects.filter(case=case).aggregate(last=Max("position"))["last"]
    consent = Consent.objects.create(
        case=case,
        position=0 if last is None else last + 1,
        agency_key=agency_key,
        given_on=given_on,
        signed_as=signed_as.strip(),
        withhold=[item.value for item in withhold],
        disclose=[item.value for item in disclose],
        given_by=giver.value,
        method=method.value,
        language=language.strip(),
        notice_version=notice_version.strip(),
        origin=Origin.MEMBER.value,
    )
    record("consent.give", by=by, target=consent)
    return consent


@transaction.atomic
def record_withdrawal(*, case: Case, agency_key: str, by: User | None) -> ConsentWithdrawal:
    """Record that the victim takes back the consent for one agency; `by=None` means the victim in the portal.

    `letters.actions.withdrawals` calls it and stops what is not yet sent; sending asks again in any case.
    """
    withdrawal = ConsentWithdrawal.objects.create(
        case=case, agency_key=agency_key, withdrawn_at=timezone.now(), recorded_by=by
    )
    record("consent.withdraw", by=by, target=withdrawal)
    return withdrawal


def _giver(case: Case, signed_as: str) -> ConsentGiver:
    names = {one_line(reporter.full_name): ConsentGiver.REPORTER for reporter in Reporter.objects.filter(case=case)}
    names |= {one_line(victim.full_name): ConsentGiver.VICTIM for victim in Victim.objects.filter(case=case)}
    giver = names.get(one_line(signed_as))
    if giver is None:
        message = "Signed with another name, it is no consent: write the full name of the victim or the reporter."
        raise ValidationError({"signed_as": message})
    return giver


def _require_particulars(given_on: date, language: str, notice_version: str) -> None:
    problems = {
        "given_on": given_on > timezone.localdate() and "This day is still to come.",
        "language": not language.strip() and "Say in which language it was given.",
        "notice_version": not notice_version.strip() and "Say which version of the privacy notice was given.",
    }
    if found := {field: message for field, message in problems.items() if message}:
        raise ValidationError(found)
