"""Wallet addresses of cryptocurrencies: the chain from the address's own form, the checksum where it has one."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from cases.identifiers.canonical import Canonical
from cases.identifiers.links import find_link
from cases.identifiers.services import service_slug
from cases.identifiers.texts import plain
from cases.identifiers.wallets.chains import EVM, chain_of_explorer, chain_of_id, chain_slug
from cases.identifiers.wallets.form import Form
from cases.identifiers.wallets.reading import SHORTEST, find_address

_SCHEME = re.compile(r"([A-Za-z0-9][A-Za-z0-9 +()_.-]{1,30}):\s*(?://)?(\S.*)")
# Chains whose addresses this package does not read: whatever is said to be theirs is believed.
_UNREAD = frozenset({"polkadot", "near", "aptos", "sui", "algorand", "hedera"})
_NAMED = {"eth": "ethereum", "bnb": "bsc", "sol": "solana"}
_FEDERATED = re.compile(r"[^\s*,<>]+\*[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)  # SEP-2: name*domain
# A user number, the hash of a transaction, a handle or an e-mail address, a name (alice.crypto).
_NO_ADDRESS = re.compile(r"[0-9]+|(?:0x)?[0-9A-Fa-f]{64}|.*@.*|(?:[\w-]{1,24}[.*]){1,3}(?:[A-Za-z]{1,15}|[0-9]{1,5})")
# The beginning of an address that was cut off or shortened in the middle, or digits among letters as only they have.
_BEGUN = re.compile(
    r"(?i:0x|(?:bc|tb|ltc|addr|stake)1|bitcoincash:)|\w+[.*]{2,}\w|(?=[A-Za-z0-9]{12})[A-Za-z0-9]*[0-9][A-Za-z]+[0-9]"
)
_ANEW = "Copy the address anew from where it was shown; do not type it."


def wallet(value: str, service: str = "") -> Canonical:
    """A wallet's canonical address and chain; service is what the list calls the chain, and the form has the last word.

    Problems: wallet-checksum (an address with a mistake), wallet-network (the network is not said, or another one),
    wallet-form (no address that can be recognized).
    """
    text, said = uri(value)
    claim = chain_slug(service)
    if said and not (claim in EVM and said == "ethereum"):
        claim = said  # many wallets write ethereum: for every network with such addresses
    found = Canonical("crypto_wallet", plain(value), service=claim or service_slug(service))
    form = find_address(text)
    return _judged(found, form, claim) if form else _unrecognized(found, text, claim)


def judge(form: Form, claim: str) -> Canonical:
    """The wallet that a form was read from, with what is wrong with it; claim is the chain's slug or ""."""
    return _judged(Canonical("crypto_wallet", form.value, service=claim), form, claim)


def _judged(found: Canonical, form: Form, claim: str) -> Canonical:
    told = claim if claim in form.chains else form.chains[0] if form.chains and form.chains != EVM else ""
    wallet = Canonical("crypto_wallet", form.value, service=found.service, chain=told)
    if form.mistake:
        name = f"{_title(told or claim)} address" if told or claim else "wallet address"
        return wallet.with_problem("wallet-checksum", f"This {name} is not right: {form.mistake}. {_ANEW}")
    if not form.chains:
        return wallet.with_problem("wallet-form", "This address is whole, but of no chain known here: say which.")
    if not told:
        return wallet.with_problem("wallet-network", _which_network(claim))
    if claim and claim != told:
        return wallet.with_problem("wallet-network", _another_network(claim, told))
    return wallet


def _which_network(claim: str) -> str:
    said = f"It is called {_title(claim)}, whose addresses look otherwise. " if claim else ""
    return f"{said}Many networks share this form of address: say which one (ethereum, bsc, polygon …)."


def _another_network(claim: str, told: str) -> str:
    return f"It is called {_title(claim)}, but its form is that of {_title(told)}. The form counts; correct the name."


def _unrecognized(found: Canonical, text: str, claim: str) -> Canonical:
    named = re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.(eth|bnb|sol)", text, re.IGNORECASE)
    if named:
        return Canonical("crypto_wallet", text.lower(), service=found.service, chain=_NAMED[named.group(1).lower()])
    if claim in ("", "stellar") and _FEDERATED.fullmatch(text):
        return Canonical("crypto_wallet", text.lower(), service=found.service, chain="stellar")
    if claim in _UNREAD and " " not in text:
        return Canonical("crypto_wallet", text, service=found.service, chain=claim)
    if claim and _is_attempt(text):
        message = f"This is no {_title(claim)} address: neither its beginning nor its length fits. {_ANEW}"
        return found.with_problem("wallet-checksum", message)
    return found.with_problem("wallet-form", f"No wallet address of a known form is in this text. {_ANEW}")


def _is_attempt(text: str) -> bool:
    """Whether somebody meant to write an address, and not a user number, a name, an e-mail address or a sentence."""
    if _NO_ADDRESS.fullmatch(text):
        return False
    words = text.split()
    long = [word for word in words if sum(map(str.isascii, word)) >= SHORTEST]
    if any(char.isdigit() for word in long for char in word):
        return True
    return len(words) == 1 and bool(long or _BEGUN.match(text))


def uri(text: str) -> tuple[str, str]:
    """The text without its URI (bitcoin:…?amount=, ethereum:0x…@56), and the chain that this or an explorer names."""
    text = plain(text)
    link = find_link(text) if "://" in text else None
    if link and link.scheme in ("http", "https"):
        return text, chain_of_explorer(link.host)
    match = _SCHEME.fullmatch(text)
    said = chain_slug(match.group(1)) if match else ""
    return _payee(match.group(2), said) if match and said else (text, "")


def _payee(rest: str, said: str) -> tuple[str, str]:
    """BIP-21 and EIP-681: address, @network, /function, ?parameters (the payee of a token is one of them)."""
    body, _, query = rest.partition("?")
    parameters = dict(parse_qsl(query))
    body = re.sub(r"^(?:pay-|transfer/|tx/|pay/)", "", body)
    address, _, network = body.partition("@")
    network, _, function = network.partition("/")
    payee = parameters.get("destination") or (parameters.get("address") if "transfer" in body and function else "")
    return payee or address.partition("/")[0], chain_of_id(network) or said


def _title(slug: str) -> str:
    return {"bsc": "BNB Smart Chain", "ton": "TON", "ripple": "XRP"}.get(slug, slug.replace("-", " ").title())
