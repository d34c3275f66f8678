"""The directory as the plan needs it: agencies by key, each with its ways to be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q

from directory.models import Agency


class Contacts:
    """The agencies that are no missions, and the missions asked for; two queries in all."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._agencies = {agency.key: agency for agency in agencies}

    @classmethod
    def read(cls, missions: Collection[str] = ()) -> Contacts:
        """Read every agency, and of the missions only those with the given keys."""
        wanted = Q(mission__isnull=True) | Q(key__in=missions)
        return cls(Agency.objects.filter(wanted).prefetch_related("contact_points"))

    def agency(self, key: str) -> Agency:
        """Return the agency with this key. Raises KeyError: playbooks name only keys of the directory."""
        return self._agencies[key]

    def find(self, key: str) -> Agency | None:
        """Return the agency with this key, if the directory has it."""
        return self._agencies.get(key)

    def of_country(self, country: str, *, kind: str) -> list[Agency]:
        """Return the agencies of one kind in one country, by key."""
        found = [a for a in self._agencies.values() if a.country == country and a.kind == kind]
        return sorted(found, key=lambda agency: agency.key)
