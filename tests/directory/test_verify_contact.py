"""Verifying contact points, and changing an address with four eyes."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from directory.actions.contacts import approve_address, close_contact, propose_address, verify_contact
from directory.models import AddressProposal, Agency, ContactPoint
from directory.queries import main_contact, usable_mailbox

pytestmark = [pytest.mark.usefixtures("directory"), pytest.mark.django_db]
SOURCE = "https://www.fmprc.gov.cn/"


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_contact", *arguments, stdout=out)
    return out.getvalue()


def mailbox(key: str) -> ContactPoint:
    return ContactPoint.objects.get(agency__key=key, channel="email")


def audited() -> list[tuple[str, str, list[str]]]:
    with organization(PLATFORM_ORGANIZATION_ID):
        return list(AuditEntry.objects.values_list("verb", "target_id", "fields"))


def test_the_command_verifies_the_mailbox_of_an_embassy() -> None:
    said = command("cn-embassy-us", "--source", SOURCE, "--by", "Carla Curator")
    contact = mailbox("cn-embassy-us")
    assert "chinaembpress_us@mfa.gov.cn, verified on" in said
    assert (contact.verified_by, contact.verified_source) == ("Carla Curator", SOURCE)
    assert contact.verified_on == timezone.localdate()
    assert contact.status == "open"


def test_without_a_mailbox_the_postal_address_is_the_main_one() -> None:
    assert "cn-embassy-gb: post 49 Portland Place" in command("cn-embassy-gb", "--source", SOURCE, "--by", "Carla")


def test_a_channel_a_value_and_a_day_can_be_named() -> None:
    command("cn-embassy-kw", "--channel", "phone", "--value", "+965-22253336", "--source", "a call", "--by", "Carla",
            "--on", "2026-09-01")  # fmt: skip
    verified = ContactPoint.objects.get(verified_by="Carla")
    assert (verified.label, verified.verified_on) == ("phone-2", dt.date(2026, 9, 1))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cn-embassy-atlantis", "--source", SOURCE, "--by", "Carla"], "no agency has the key 'cn-embassy-atlantis'"),
        (["cn-embassy-us", "--source", " ", "--by", "Carla"], "the source is missing"),
        (["cn-embassy-us", "--by", "Carla"], "required: --source"),
        (["cn-embassy-us", "--source", SOURCE], "required: --by"),
        (["cn-embassy-us", "--source", SOURCE, "--by", ""], "say who"),
        (["cn-embassy-us", "--source", SOURCE, "--by", "C" * 255], "longer than 254"),
        (["cn-embassy-us", "--source", SOURCE, "--by", "Carla\udcff"], "can be printed"),
        (["cn-embassy-us", "--source", SOURCE, "--by", "Carla", "--on", "2999-01-01"], "in the future"),
        (["cn-embassy-us", "--source", SOURCE, "--by", "Carla", "--on", "yesterday"], "invalid day value"),
        (["cn-embassy-us", "--source", SOURCE, "--by", "Carla", "--channel", "fax"], "no such contact point"),
        (["cn-embassy-kw", "--source", SOURCE, "--by", "Carla", "--channel", "phone"], "several: say which"),
        (["cn-embassy-ye", "--source", SOURCE, "--by", "Carla"], "it has none"),
    ],
)
def test_a_verification_that_is_not_clear_is_refused_and_changes_nothing(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        command(*arguments)
    assert not ContactPoint.objects.exclude(verified_on=None).exists()
    assert audited() == []


def test_an_older_look_does_not_take_the_place_of_a_newer_one() -> None:
    command("cn-embassy-us", "--source", SOURCE, "--by", "Carla", "--on", "2026-11-20")
    with pytest.raises(CommandError, match="later already, on 2026-11-20"):
        command("cn-embassy-us", "--source", SOURCE, "--by", "Dinesh", "--on", "2020-01-01")
    assert mailbox("cn-embassy-us").verified_by == "Carla"


def test_a_closed_contact_point_cannot_be_verified(carla: User) -> None:
    close_contact(contact=mailbox("cn-embassy-us"), by=carla)
    with pytest.raises(ValidationError, match="closed"):
        verify_contact(key="cn-embassy-us", channel=None, value=mailbox("cn-embassy-us").value, source=SOURCE, by="C")


def test_a_verification_is_audited_with_the_person_and_without_plain_text(carla: User) -> None:
    contact = verify_contact(key="cn-embassy-us", source=SOURCE, by=carla.email)
    assert audited() == [
        ("contact.verify", str(contact.pk), ["status", "verified_by", "verified_on", "verified_source"])
    ]
    with organization(PLATFORM_ORGANIZATION_ID):
        assert AuditEntry.objects.get().actor == carla


@pytest.mark.parametrize(
    "half", [{"verified_by": "Carla"}, {"verified_on": dt.date(2026, 9, 1)}, {"verified_source": "x"}]
)
def test_the_database_refuses_half_a_verification(half: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPoint.objects.filter(agency__key="cn-embassy-us", channel="email").update(**half)


def test_an_address_changes_with_two_people_and_is_unverified_again(carla: User, dinesh: User) -> None:
    contact = verify_contact(key="cn-embassy-us", source=SOURCE, by=carla.email)
    proposal = propose_address(contact=contact, value="new@example.org", source="a note verbale", by=carla)
    contact.refresh_from_db()
    assert contact.value == "chinaembpress_us@mfa.gov.cn"
    changed = approve_address(proposal=proposal, by=dinesh)
    assert (changed.value, changed.source, changed.is_verified) == ("new@example.org", "a note verbale", False)
    assert [verb for verb, *_ in audited()] == ["contact.verify", "contact.propose", "contact.change"]


def test_the_proposer_cannot_approve(carla: User) -> None:
    proposal = propose_address(contact=mailbox("cn-embassy-us"), value="new@example.org", source="seen", by=carla)
    with pytest.raises(ValidationError, match="another person"):
        approve_address(proposal=proposal, by=carla)
    with pytest.raises(IntegrityError), transaction.atomic():
        AddressProposal.objects.update(approved_by=carla, approved_at=timezone.now())
    assert mailbox("cn-embassy-us").value == "chinaembpress_us@mfa.gov.cn"


@pytest.mark.parametrize(
    ("value", "source"), [("new@example.org", " "), ("", "seen"), ("chinaembpress_us@mfa.gov.cn", "seen")]
)
def test_a_proposal_needs_a_source_and_a_change(carla: User, value: str, source: str) -> None:
    with pytest.raises(ValidationError):
        propose_address(contact=mailbox("cn-embassy-us"), value=value, source=source, by=carla)


def test_a_proposal_is_approved_once_and_only_for_the_address_it_saw(carla: User, dinesh: User) -> None:
    contact = mailbox("cn-embassy-us")
    first = propose_address(contact=contact, value="one@example.org", source="seen", by=carla)
    second = propose_address(contact=contact, value="two@example.org", source="seen", by=carla)
    approve_address(proposal=first, by=dinesh)
    with pytest.raises(ValidationError, match="before"):
        approve_address(proposal=first, by=dinesh)
    with pytest.raises(ValidationError, match="changed since"):
        approve_address(proposal=second, by=dinesh)


def test_a_closed_mailbox_opens_again_with_two_people_and_is_unverified(carla: User, dinesh: User) -> None:
    contact = verify_contact(key="cn-embassy-us", source=SOURCE, by=carla.email)
    close_contact(contact=contact, by=carla)
    first, second = (propose_address(contact=contact, value=contact.value, source="seen", by=carla) for _ in range(2))
    with pytest.raises(ValidationError, match="another person"):
        approve_address(proposal=first, by=carla)
    opened = approve_address(proposal=first, by=dinesh)
    assert (opened.value, opened.status, opened.is_verified) == (contact.value, "unknown", False)
    verify_contact(key="cn-embassy-us", source=SOURCE, by=carla.email)
    with pytest.raises(ValidationError, match="open again"):
        approve_address(proposal=second, by=dinesh)
    assert mailbox("cn-embassy-us").is_verified


@pytest.mark.parametrize(
    ("key", "purpose"),
    [
        ("cn-embassy-us", "press"),
        ("cn-embassy-ch", "press"),
        ("cn-embassy-fi", "press"),
        ("cn-embassy-hu", "political"),
        ("cn-embassy-au", "consular"),
        ("cn-embassy-th", "general"),
    ],
)
def test_any_published_mailbox_is_usable(key: str, purpose: str) -> None:
    found = usable_mailbox(Agency.objects.get(key=key))
    assert found
    assert found.purpose == purpose


@pytest.mark.parametrize("unusable", [{"purpose": "visa"}, {"purpose": "passport"}, {"status": "closed"}])
def test_a_mailbox_for_papers_or_a_closed_one_is_not_usable(unusable: dict[str, str]) -> None:
    ContactPoint.objects.filter(agency__key="cn-embassy-th", channel="email").update(**unusable)
    agency = Agency.objects.get(key="cn-embassy-th")
    assert usable_mailbox(agency) is None
    assert not ContactPoint.objects.usable_mailboxes().filter(agency=agency).exists()
    contact = main_contact(agency)
    assert contact
    assert contact.channel == "post"


def test_a_general_mailbox_comes_before_a_press_mailbox() -> None:
    agency = Agency.objects.get(key="cn-embassy-us")
    ContactPoint.objects.create(
        agency=agency, label="a", purpose="general", channel="email", value="g@example.org", source="t",
        source_confidence="high",
    )  # fmt: skip
    found = usable_mailbox(agency)
    assert found
    assert found.value == "g@example.org"


def test_unverified_third_party_mailboxes_keep_their_warning() -> None:
    contact = mailbox("cn-consulate-us-chicago")
    assert "UNVERIFIED" in contact.note
    assert contact.source_confidence == "low"
