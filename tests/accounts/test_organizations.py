"""Making an organization, its certificate, its people and what they may do."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.actions.organizations import create_organization
from accounts.models import AuditEntry, DataKey, Membership, Organization, PlatformRole, SigningKey, User
from accounts.roles import Role, Verb
from accounts.rules import can
from accounts.tenancy import organization
from tests.people import AMARA, BJORN, CHIARA, DAVID, EVERYBODY


def certificate_of(tenant: Organization) -> x509.Certificate:
    with organization(tenant.id):
        return x509.load_pem_x509_certificate(SigningKey.objects.get().certificate.encode())


def test_an_organization_comes_with_its_keys_and_an_audit_trail(north: Organization) -> None:
    with organization(north.id):
        assert sorted(DataKey.objects.values_list("kind", flat=True)) == ["hashing", "sealing"]
        verbs = list(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs == ["data_key.create", "data_key.create", "signing_key.create", "organization.create"]


def test_the_certificate_is_for_signing_and_nothing_else(north: Organization) -> None:
    certificate = certificate_of(north)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not any((usage.key_cert_sign, usage.key_agreement, usage.key_encipherment, usage.crl_sign))
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_the_certificate_names_the_organization_for_ten_years(north: Organization) -> None:
    certificate = certificate_of(north)
    assert certificate.subject == certificate.issuer
    assert certificate.subject.rfc4514_string() == "O=Northern Victim Support,CN=Northern Victim Support"
    years = (certificate.not_valid_after_utc - certificate.not_valid_before_utc) / dt.timedelta(days=365.25)
    assert 9.99 < years < 10.01


def test_the_certificate_belongs_to_the_key(north: Organization) -> None:
    certificate = certificate_of(north)
    with organization(north.id):
        stored = SigningKey.objects.get()
        key = load_pem_private_key(stored.private_key.encode(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert isinstance(key.curve, ec.SECP256R1)
    assert key.public_key() == certificate.public_key()
    assert stored.serial == f"{certificate.serial_number:x}"
    certificate.verify_directly_issued_by(certificate)


def test_a_name_longer_than_a_certificate_allows_is_cut(db: None) -> None:
    tenant = create_organization(slug="long", name="Hilfe " * 30, by=None)
    assert len(certificate_of(tenant).subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value) == 64


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "Bad Slug"},
        {"slug": "double--hyphen"},
        {"name": ""},
        {"accent_color": "red"},
        {"countries": ["Ghana"]},
        {"languages": ["English"]},
        {"sending_email": "nobody"},
        {"holding_hours": 1000},
        {"privacy_notice_version": 0},
    ],
    ids=str,
)
def test_an_organization_that_could_not_write_letters_is_refused(db: None, wrong: dict[str, object]) -> None:
    fields: dict[str, object] = {"slug": "north", "name": "North", **wrong}
    with pytest.raises(ValidationError):
        create_organization(by=None, **fields)  # type: ignore[arg-type]
    assert not Organization.objects.filter(slug=fields["slug"]).exists()


def test_a_slug_is_given_once(north: Organization) -> None:
    with pytest.raises(ValidationError, match="Slug"):
        create_organization(slug="north", name="Another", by=None)


def test_the_command_makes_an_organization_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("East", "Renamed"):
        call_command("create_organization", slug="east", name=name, countries=["GH"], languages=["en"])
    assert capsys.readouterr().out == "east\neast\n"
    made = Organization.objects.get(slug="east")
    assert (made.name, made.countries, made.languages) == ("East", ["GH"], ["en"])


def test_the_command_alone_sees_to_a_first_organization(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_organization")
    call_command("create_organization")
    assert capsys.readouterr().out == "example\nexample\n"


def test_the_command_alone_leaves_an_existing_organization(
    north: Organization, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("create_organization")
    assert capsys.readouterr().out == "north\n"


def test_the_command_says_what_is_wrong(db: None) -> None:
    with pytest.raises(CommandError, match="slug"):
        call_command("create_organization", slug="Bad Slug", name="East")
    with pytest.raises(CommandError, match="needed together"):
        call_command("create_organization", slug="east")


@pytest.mark.parametrize("options", [{"slug": "", "name": "East"}, {"name": "East"}, {"slug": "south"}, {"phone": "1"}])
def test_half_of_what_names_an_organization_means_no_other_one(north: Organization, options: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("create_organization", **options)
    assert not Organization.objects.filter(name="East").exists()


# People.


def test_an_e_mail_address_is_one_person_in_any_case(db: None) -> None:
    User.objects.create_user("David@Example.org", "a long password", name="David Quaye")
    assert User.objects.get(email="DAVID@example.ORG").email == "david@example.org"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("DAVID@EXAMPLE.ORG", name="Somebody else")


def test_the_database_itself_refuses_capitals_in_an_e_mail_address(db: None) -> None:
    DAVID.sign_up()
    with pytest.raises(IntegrityError, match="user_email_is_lower_case"), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = 'David@example.org'")


def test_without_a_password_nobody_signs_in(db: None) -> None:
    assert not DAVID.sign_up().has_usable_password()


def test_roles_allow_what_they_are_for(north: Organization) -> None:
    with organization(north.id):
        amara, bjorn, chiara, david = (person.sign_up() for person in EVERYBODY)
        assert can(amara, Verb.REPORT_SUPERVISE)
        assert can(bjorn, Verb.CASE_CHANGE)
        assert not can(bjorn, Verb.REPORT_SUPERVISE)
        assert can(chiara, Verb.NUMBERS_READ)
        assert not can(chiara, Verb.CASE_READ)
        assert not any(can(david, verb) for verb in Verb)


def test_the_reason_is_a_sentence(north: Organization) -> None:
    with organization(north.id):
        assert can(AMARA.sign_up(), Verb.SETTINGS_CHANGE).reason == "director may settings.change"
        assert can(BJORN.sign_up(), Verb.SETTINGS_CHANGE).reason.startswith("no role of this person")


def test_a_role_counts_in_its_own_organization_only(north: Organization, south: Organization) -> None:
    with organization(north.id):
        amara = AMARA.sign_up()
    with organization(south.id):
        assert amara.roles() == []
        assert not can(amara, Verb.CASE_READ)


def test_a_row_of_another_organization_is_out_of_reach(north: Organization, south: Organization) -> None:
    with organization(south.id):
        theirs = SigningKey.objects.get()
    with organization(north.id):
        assert can(AMARA.sign_up(), Verb.CASE_READ, theirs).reason == "it belongs to another organization"


def test_a_closed_account_may_nothing(north: Organization) -> None:
    with organization(north.id):
        amara = AMARA.sign_up()
        amara.is_active = False
        assert not can(amara, Verb.CASE_READ)


def test_a_membership_that_ended_gives_no_role(north: Organization) -> None:
    with organization(north.id):
        amara = AMARA.sign_up()
        assert amara.roles() == [Role.DIRECTOR]
        Membership.objects.filter(user=amara).update(is_active=False)
        assert amara.roles() == []


def test_only_a_curator_curates_and_sees_no_case(north: Organization) -> None:
    with organization(north.id):
        chiara = CHIARA.sign_up()
        assert not can(chiara, Verb.DIRECTORY_CURATE)
        PlatformRole.objects.create(user=chiara, duty="curator")
        assert can(chiara, Verb.DIRECTORY_CURATE)
        assert not can(chiara, Verb.CASE_READ)
