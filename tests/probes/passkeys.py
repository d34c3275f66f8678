"""A passkey as a browser would have registered it; nobody has its private key."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData


def registered() -> dict[str, Any]:
    """What allauth keeps of a registration (W3C WebAuthn 5.1.8, RegistrationResponseJSON)."""
    identifier = secrets.token_bytes(32)
    key = ES256({1: 2, 3: -7, -1: 1, -2: secrets.token_bytes(32), -3: secrets.token_bytes(32)})
    credential = AttestedCredentialData.create(Aaguid(bytes(16)), identifier, key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(b"localhost").digest(), flags, 0, credential)
    client = CollectedClientData.create("webauthn.create", secrets.token_bytes(32), "http://localhost")
    attestation = AttestationObject.create("none", data, {})
    return {
        "id": websafe_encode(identifier),
        "rawId": websafe_encode(identifier),
        "type": "public-key",
        "clientExtensionResults": {},
        "response": {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attestation)},
    }
