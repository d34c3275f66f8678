"""The directory as the plan needs it: agencies by key, each with its main way to be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q

from directory.models import Agency, ContactPoint


class Contacts:
    """The agencies that are no missions, and the missions asked for; two queries in all."""

    def __init__(self, agencies: Iterable[Agency], points: Iterable[ContactPoint]) -> None:
        self._agencies = {agency.key: agency for agency in agencies}
        self._points: dict[object, list[ContactPoint]] = {}
        for point in points:
            self._points.setdefault(point.agency_id, []).append(point)

    @classmethod
    def read(cls, missions: Collection[str] = ()) -> Contacts:
        """Read every agency, and of the missions only those with the given keys."""
        wanted = Q(mission__isnull=True) | Q(key__in=missions)
        agencies = list(Agency.objects.filter(wanted).select_related("mission"))
        points = ContactPoint.objects.filter(agency__in=agencies).exclude(status="closed").order_by("position", "id")
        return cls(agencies, points)

    def agency(self, key: str) -> Agency:
        """Return the agency with this key. Raises KeyError: playbooks name only keys of the directory."""
        return self._agencies[key]

    def find(self, key: str) -> Agency | None:
        """Return the agency with this key, if the directory has it."""
        return self._agencies.get(key)

    def main(self, agency: Agency) -> ContactPoint | None:
        """The first open way to reach the agency."""
        return next(iter(self.all(agency)), None)

    def all(self, agency: Agency) -> list[ContactPoint]:
        """Every open way to reach the agency, the main one first."""
        return self._points.get(agency.pk, [])
