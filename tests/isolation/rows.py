"""One row of every tenant model: a factory each, found by the probes.

A new tenant model needs a factory here (``test_every_tenant_model_has_a_factory`` says so). A factory makes one row
in the active organization, every TenantForeignKey of it filled, and may be called several times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import models

from accounts.actions import audit, keys
from accounts.models import (
    AccountMail,
    AuditEntry,
    AuditHead,
    DataKey,
    Invitation,
    Membership,
    SigningKey,
    TenantModel,
    User,
)
from accounts.roles import Role
from accounts.secrets import SEALING
from cases.models import (
    Case,
    CaseAssignment,
    CaseCounter,
    CaseShare,
    Consent,
    ConsentWithdrawal,
    Evidence,
    FormerPart,
    Identifier,
    Report,
    Reporter,
    TimelineEvent,
    Transfer,
    Victim,
)
from letters.models import Approval, Dispatch, Letter, Release

M = TypeVar("M", bound=models.Model)
FACTORIES: dict[type[models.Model], Callable[[], models.Model]] = {}

_number = count(1)
_DAY = dt.date(2026, 3, 1)
_MOMENT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def makes(model: type[M]) -> Callable[[Callable[[], M]], Callable[[], M]]:
    """Register the function as the factory of a model."""

    def register(factory: Callable[[], M]) -> Callable[[], M]:
        FACTORIES[model] = factory
        return factory

    return register


def tenant_models() -> list[type[models.Model]]:
    """Return every tenant model of every app."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def make(model: type[models.Model]) -> Any:
    """Make one row of the model in the active organization."""
    return FACTORIES[model]()


def somebody() -> User:
    """A person whom nobody knows yet."""
    return User.objects.create_user(f"person-{next(_number)}@example.org", name="Somebody")


@makes(Membership)
def membership() -> Membership:
    return Membership.objects.create(user=somebody(), role=Role.CASEWORKER)


@makes(Invitation)
def invitation() -> Invitation:
    email = f"person-{next(_number)}@example.org"
    return Invitation.objects.create(email=email, role=Role.CASEWORKER, invited_by=somebody())


@makes(AccountMail)
def account_mail() -> AccountMail:
    return AccountMail.objects.create(template="account/email/password_changed", email="somebody@example.org")


@makes(DataKey)
def data_key() -> DataKey:
    return keys.add_data_key(kind=SEALING, by=None)


@makes(SigningKey)
def signing_key() -> SigningKey:
    return keys.add_signing_key(by=None)


@makes(AuditEntry)
def audit_entry() -> AuditEntry:
    return audit.record("test.act", by=None)


@makes(AuditHead)
def audit_head() -> AuditHead:
    audit.record("test.act", by=None)
    return AuditHead.objects.get()


@makes(CaseCounter)
def case_counter() -> CaseCounter:
    return CaseCounter.objects.create(year=2000 + next(_number), last=1)


@makes(Case)
def case() -> Case:
    number = next(_number)
    return Case.objects.create(
        number=f"RD-2026-{number:06}",
        external_id=f"external-{number}",
        intake_sha256="0" * 64,
        fraud_kind="investment",
        impact_emotional="I cannot sleep.",
    )


@makes(CaseAssignment)
def case_assignment() -> CaseAssignment:
    return CaseAssignment.objects.create(case=case(), user=somebody())


@makes(CaseShare)
def case_share() -> CaseShare:
    permission = Permission.objects.get(codename="change_case", content_type__app_label="cases")
    return CaseShare.objects.create(content_object=case(), user=somebody(), permission=permission)


@makes(Victim)
def victim() -> Victim:
    return Victim.objects.create(case=case(), full_name="David Quaye", country="GH", date_of_birth=dt.date(1980, 5, 17))


@makes(Reporter)
def reporter() -> Reporter:
    return Reporter.objects.create(case=case(), full_name="Efua Quaye", relation="sister")


@makes(Identifier)
def identifier() -> Identifier:
    return Identifier.objects.create(
        case=case(), kind="website", value="https://trade.example.org/", canonical="trade.example.org"
    )


@makes(Transfer)
def transfer() -> Transfer:
    return Transfer.objects.create(case=case(), amount="100", currency="USD", mechanism="bank_wire")


@makes(TimelineEvent)
def timeline_event() -> TimelineEvent:
    return TimelineEvent.objects.create(case=case(), on=_DAY, fact="First payment.")


@makes(Report)
def report() -> Report:
    return Report.objects.create(case=case(), agency_name="Accra Police", filed_on=_DAY)


@makes(Consent)
def consent() -> Consent:
    return Consent.objects.create(case=case(), agency_key="us-ic3", given_on=_DAY, signed_as="David Quaye")


@makes(ConsentWithdrawal)
def consent_withdrawal() -> ConsentWithdrawal:
    return ConsentWithdrawal.objects.create(case=case(), agency_key="us-ic3", withdrawn_at=_MOMENT)


@makes(Evidence)
def evidence() -> Evidence:
    return Evidence.objects.create(
        case=case(), sha256=f"{next(_number):064x}", size=1, media_type="image/png", original_name="receipt.png"
    )


@makes(FormerPart)
def former_part() -> FormerPart:
    return FormerPart.objects.create(case=case(), agency_key="us-ic3")


@makes(Letter)
def letter() -> Letter:
    return Letter.objects.create(
        case=case(),
        agency_key="us-ic3",
        draft=True,
        letter_date=_DAY,
        facts_sha256="0" * 64,
        rule_version="test",
        verify_code="abcdefgh",
    )


@makes(Approval)
def approval() -> Approval:
    return Approval.objects.create(
        letter=letter(),
        document_sha256="0" * 64,
        method="portal",
        language="en",
        notice_version="1",
        given_at=_MOMENT,
    )


@makes(Release)
def release() -> Release:
    return Release.objects.create(
        letter=letter(),
        document_sha256="0" * 64,
        released_by=somebody(),
        role=Role.CASEWORKER,
        released_at=_MOMENT,
        hold_until=_MOMENT,
    )


@makes(Dispatch)
def dispatch() -> Dispatch:
    released = release()
    case_ = released.letter.case
    return Dispatch.objects.create(
        letter=released.letter,
        release=released,
        case=case_,
        report=Report.objects.create(case=case_, agency_name="IC3", filed_on=_DAY),
        agency_key="us-ic3",
        agency_name="IC3",
        document_sha256=f"{next(_number):064x}",
        carrier="email",
        state="held",
        next_attempt_at=_MOMENT,
    )
