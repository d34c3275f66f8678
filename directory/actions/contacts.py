"""Verifying contact points, and changing an address with four eyes."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts.actions import audit
from accounts.models import User
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from directory.enums import Channel, Status
from directory.models import AddressProposal, ContactPoint
from directory.queries.contacts import find_contact

_NAME_LENGTH = 254


def verify_contact(
    *, key: str, source: str, by: str, channel: Channel | None = None, value: str = "", on: dt.date | None = None
) -> ContactPoint:
    """Record that a person saw the agency's contact point published in `source`, on a day (today by default).

    It is the agency's main one, or the one of that channel, or of that value. `by` is an e-mail address or a name.
    Raise `ValidationError` for an unknown agency, none or several candidates, a closed one, a missing source or
    person, a day to come, and one before that of the last verification; then nothing has changed.
    """
    day = on or timezone.localdate()
    _require(bool(source.strip()), "say where the address was seen: the source is missing")
    _require(bool(by.strip()), "say who verified it")
    _require((source + by).isprintable(), "source and name stand on one line, in characters that can be printed")
    _require(len(by.strip()) <= _NAME_LENGTH, f"the name of who verified it is longer than {_NAME_LENGTH} characters")
    _require(day <= timezone.localdate(), f"{day} is in the future")
    with organization(PLATFORM_ORGANIZATION_ID):
        contact = find_contact(key, channel=channel, value=value)
        _require(contact.status != Status.CLOSED, f"{contact.label} of {key} is closed: {contact.value}")
        last = contact.verified_on
        _require(last is None or day >= last, f"it was verified later already, on {last}")
        contact.verified_by, contact.verified_on, contact.verified_source = by.strip(), day, source.strip()
        contact.status = Status.OPEN.value
        fields = ["verified_by", "verified_on", "verified_source", "status"]
        contact.save(update_fields=fields)
        audit.record("contact.verify", by=User.objects.filter(email=by.strip()).first(), target=contact, fields=fields)
    return contact


def close_contact(*, contact: ContactPoint, by: User) -> None:
    """Record that a contact point no longer works; no letter goes there until its address is changed."""
    with organization(PLATFORM_ORGANIZATION_ID):
        contact.status = Status.CLOSED.value
        contact.save(update_fields=["status"])
        audit.record("contact.close", by=by, target=contact, fields=["status"])


def propose_address(*, contact: ContactPoint, value: str, source: str, by: User) -> AddressProposal:
    """Propose a new value for a contact point; nothing changes before another person approves.

    The value of a closed one may be proposed again: then it works again. Raise `ValidationError` for a value that is
    missing, unchanged, no mailbox where one is needed, or the agency's already, and for a missing source.
    """
    _require(bool(source.strip()), "say where the new address was seen: the source is missing")
    _require(_is_new(contact, value.strip()), "the new address is missing or the same as before")
    _require_free(contact, value.strip())
    if contact.channel == Channel.EMAIL:
        validate_email(value.strip())
    with organization(PLATFORM_ORGANIZATION_ID):
        proposal = AddressProposal.objects.create(
            contact_point=contact,
            old_value=contact.value,
            new_value=value.strip(),
            source=source.strip(),
            proposed_by=by,
        )
        audit.record("contact.propose", by=by, target=contact, fields=["value"])
    return proposal


def approve_address(*, proposal: AddressProposal, by: User) -> ContactPoint:
    """Give the contact point its proposed value. It is unverified again: what was verified was the old one.

    Raise `ValidationError` when the proposer approves, when it was approved before, when the address has
    changed since it was proposed, and when the agency has got the new one by another way.
    """
    with organization(PLATFORM_ORGANIZATION_ID), transaction.atomic():
        proposal = AddressProposal.objects.select_for_update().get(pk=proposal.pk)
        contact = ContactPoint.objects.select_for_update().get(pk=proposal.contact_point_id)
        _require(by.pk != proposal.proposed_by_id, "another person than the proposer has to approve")
        _require(proposal.approved_at is None, "this change was approved before")
        _require(contact.value == proposal.old_value, "the address has changed since: propose again")
        _require(_is_new(contact, proposal.new_value), "the address is open again already")
        _require_free(contact, proposal.new_value)
        proposal.approved_by, proposal.approved_at = by, timezone.now()
        proposal.save(update_fields=["approved_by", "approved_at"])
        _change_value(contact, proposal)
        audit.record("contact.change", by=by, target=contact, fields=["value", "source", "status"])
    return contact


def _change_value(contact: ContactPoint, proposal: AddressProposal) -> None:
    contact.value, contact.source = proposal.new_value, proposal.source
    contact.source_date = timezone.localdate().isoformat()
    contact.verified_by, contact.verified_on, contact.verified_source = "", None, ""
    contact.status = Status.UNKNOWN.value
    contact.save()


def _is_new(contact: ContactPoint, value: str) -> bool:
    return bool(value) and (value != contact.value or contact.status == Status.CLOSED)


def _require_free(contact: ContactPoint, value: str) -> None:
    others = ContactPoint.objects.filter(agency_id=contact.agency_id, channel=contact.channel, value=value)
    others = others.exclude(pk=contact.pk)
    _require(not others.exists(), "the agency has this address already")


def _require(condition: bool, message: str) -> None:  # noqa: FBT001
    if not condition:
        raise ValidationError(message)
