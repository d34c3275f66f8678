"""Taking a consent back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import User
from cases.models import Case, ConsentWithdrawal


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
