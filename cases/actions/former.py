"""Taking rows out of a case, so that the trail of the case still finds what was recorded about them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import AuditEntry
from cases.models import FormerPart


def take_out(rows: QuerySet[Any]) -> None:
    """Delete rows of a case; those of which the trail speaks stay known by their id and agency."""
    found = {str(row.pk): row for row in rows}
    spoken = set(AuditEntry.objects.filter(target_id__in=found).values_list("target_id", flat=True))
    FormerPart.objects.bulk_create(
        FormerPart(pk=row.pk, case_id=row.case_id, agency_key=getattr(row, "agency_key", ""))
        for row in (found[pk] for pk in spoken)
    )
    rows.delete()
