"""Opening a case at a door: open to the person, on the audit trail, or not there at all."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from accounts.actions.audit import record
from accounts.signed_in import membership_of, signed_in
from cases.models import Case


def open_case(request: HttpRequest, case_id: UUID) -> Case:
    """The case, if it is open to the person; the reading is on record.

    Raises Http404 for another organization's case and a colleague's as for none.
    """
    user = signed_in(request)
    case = Case.objects.open_to(user).filter(pk=case_id).first() if membership_of(request) else None
    if case is None:
        raise Http404
    if request.method in ("GET", "HEAD"):
        record("case.read", by=user, target=case)
    return case
