"""Making a case from the form."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from accounts.tenancy import current_organization_id
from cases.actions.take_intake import intake_sha256, take_intake
from cases.intake import Intake
from cases.models import Case


def new_id(token: UUID, intake: Intake) -> UUID:
    """The id of the case that one opening of a form makes of an intake.

    Sent twice, the form makes one case; another person's facts, sent from the same page after going back, make
    another. `token` is random and belongs to one person (cases.admin.tokens).
    """
    return uuid5(token, f"{current_organization_id()} {intake_sha256(intake)}")


def make_case(*, intake: Intake, token: UUID, by: User, today: date) -> Case:
    """Make a new case, and never change one that is there.

    Raises PermissionDenied, and ValidationError where another case has the `external_id`, whosever it is.
    """
    require(by, Verb.CASE_CREATE)
    wanted = new_id(token, intake)
    try:
        with transaction.atomic():
            case = take_intake(intake, by=by, today=today, new_id=wanted, entered=True)
            _is_new(case, wanted)
    except PermissionDenied as refused:
        raise _number_taken() from refused
    return case


def _is_new(case: Case, wanted: UUID) -> None:
    if case.pk != wanted:
        raise _number_taken()


def _number_taken() -> ValidationError:
    words = "Another case has this number. If it is the same person, work on that case; otherwise use another number."
    return ValidationError({"external_id": [words]})
