"""Which contact point of an agency is meant."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet

from directory.enums import Channel, Purpose
from directory.models import AddressProposal, Agency, ContactPoint

# A letter goes by e-mail where there is a mailbox, on paper where there is none; lines are called last.
_CHANNELS = (Channel.EMAIL, Channel.WEB_FORM, Channel.IN_PERSON, Channel.POST, Channel.PHONE, Channel.FAX)
_PURPOSES = tuple(Purpose)


def usable_mailbox(agency: Agency) -> ContactPoint | None:
    """Return the mailbox that a letter to the agency goes to, the most general first; None where it has none.

    Any published mailbox will do but those for visas and passports, and closed ones. Whether it is verified is
    judged at release. With `prefetch_related("contact_points")` on the agency this asks no further query.
    """
    mailboxes = [point for point in agency.contact_points.all() if point.takes_letters]
    return min(mailboxes, key=_rank, default=None)


def main_contacts(agency: Agency) -> list[ContactPoint]:
    """Return the contact points by which the agency is reached first: one, or several equals (two phones)."""
    open_ones = [point for point in agency.contact_points.all() if not point.is_closed]
    ranked = sorted((point for point in open_ones if not point.is_for_papers), key=_rank)
    return next(([*group] for _, group in groupby(ranked, key=lambda point: _rank(point)[:2])), [])


def main_contact(agency: Agency) -> ContactPoint | None:
    """Return the first contact point of an agency: the mailbox, else the form, the counter, the post, the phone."""
    return next(iter(main_contacts(agency)), None)


def contact_points_with_proposals(agency: Agency) -> QuerySet[ContactPoint]:
    """Return an agency's contact points; `waiting` of each lists the proposals that nobody has approved yet."""
    waiting = AddressProposal.objects.filter(approved_at=None).select_related("proposed_by")
    return agency.contact_points.prefetch_related(Prefetch("proposals", queryset=waiting, to_attr="waiting"))


def find_contact(key: str, *, channel: Channel | None = None, value: str = "") -> ContactPoint:
    """Return, locked, the one contact point that is meant. Raise `ValidationError` for none and for several."""
    agency = Agency.objects.filter(key=key).first()
    if agency is None:
        raise ValidationError(f"no agency has the key {key!r}")
    points = agency.contact_points.all() if channel or value else main_contacts(agency)
    found = [p for p in points if channel in (None, p.channel) and value in ("", p.value)]
    if not found:
        raise ValidationError(f"{key} has no such contact point: {_listed([*agency.contact_points.all()])}")
    if len(found) > 1:
        raise ValidationError(f"{key} has several: say which value is meant: {_listed(found)}")
    return ContactPoint.objects.select_for_update().get(pk=found[0].pk)


def _rank(point: ContactPoint) -> tuple[int, int, str]:
    return _CHANNELS.index(Channel(point.channel)), _PURPOSES.index(Purpose(point.purpose)), point.label


def _listed(points: list[ContactPoint]) -> str:
    return "; ".join(f"{point.channel} {point.value}" for point in points) or "it has none"
