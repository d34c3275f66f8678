"""A passkey that is refused is on record like a password that is."""

from __future__ import annotations

import json
import secrets
from hashlib import sha256
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.test import Client
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticatorData, CollectedClientData

from accounts.models import AuditEntry, User
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from tests.accounts.sign_in.conftest import PASSWORD, platform_verbs, sign_in
from tests.people import AMARA
from tests.probes.passkeys import registered

LOGIN = "/accounts/2fa/webauthn/login/"


@pytest.fixture
def passkey(amara: User) -> dict[str, Any]:
    """Amara's, of which nobody has the private key."""
    credential = registered()
    Authenticator.objects.create(user=amara, type="webauthn", data={"name": "Phone", "credential": credential})
    return credential


def forged(challenge: str, passkey: dict[str, Any], handle: str) -> dict[str, Any]:
    """An answer to the challenge that is right in everything but the signature."""
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
    data = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 1)
    client = CollectedClientData.create("webauthn.get", challenge, "http://testserver")
    return {
        "id": passkey["id"],
        "rawId": passkey["id"],
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(secrets.token_bytes(70)),
            "userHandle": websafe_encode(handle.encode()),
        },
    }


def challenge(client: Client) -> str:
    options = client.get(LOGIN, headers={"x-requested-with": "XMLHttpRequest"}).json()["request_options"]
    return str(options["publicKey"]["challenge"])


def refusals(verb: str) -> list[str]:
    with organization(PLATFORM_ORGANIZATION_ID):
        return list(AuditEntry.objects.filter(verb=verb, actor=None).values_list("target_id", flat=True))


def test_signing_in_with_one_that_is_refused_names_the_account(
    client: Client, amara: User, passkey: dict[str, Any]
) -> None:
    answer = forged(challenge(client), passkey, user_pk_to_url_str(amara))
    assert client.post(LOGIN, {"credential": json.dumps(answer)})["Location"] == "/accounts/login/"
    assert client.get("/workspace/").status_code == 302
    assert refusals("session.refuse") == [str(amara.pk)]


@pytest.mark.parametrize(
    "credential", ["[1]", '"text"', '{"response": []}', '{"id": "a", "response": {"userHandle": 7}}']
)
def test_one_that_names_nobody_is_on_record_too(client: Client, amara: User, credential: str) -> None:
    challenge(client)
    assert client.post(LOGIN, {"credential": credential})["Location"] == "/accounts/login/"
    assert refusals("session.refuse") == [""]


def test_a_passkey_refused_after_the_password_is_on_record(
    client: Client, amara: User, passkey: dict[str, Any]
) -> None:
    sign_in(client, AMARA.email)
    page = "/accounts/2fa/authenticate/"
    assert client.post(page, {"credential": json.dumps(forged("AAAA", passkey, "x"))}).status_code == 200
    assert refusals("second_factor.refuse") == [str(amara.pk)]


def test_a_passkey_refused_before_a_change_is_on_record(desk: Client, amara: User, passkey: dict[str, Any]) -> None:
    page = "/accounts/2fa/webauthn/reauthenticate/"
    desk.post(page, {"credential": json.dumps(forged("AAAA", passkey, "x"))})
    assert refusals("second_factor.refuse") == [str(amara.pk)]
    assert platform_verbs()[-1] == "second_factor.refuse"


def test_a_password_is_refused_alike(client: Client, amara: User) -> None:
    sign_in(client, AMARA.email, f"not {PASSWORD}")
    assert refusals("session.refuse") == [str(amara.pk)]


def test_what_is_no_answer_of_a_browser_adds_no_passkey(desk: Client) -> None:
    desk.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for credential in ("[1]", '{"id": "a"}', '{"id": 7, "rawId": [], "response": 7}'):
        answer = desk.post("/accounts/2fa/webauthn/add/", {"name": "Phone", "credential": credential})
        assert (answer.status_code, Authenticator.objects.count()) == (200, 0)
