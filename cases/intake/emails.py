"""E-mail addresses: strict enough that none can smuggle a second recipient or a header into a message."""

import re
import unicodedata

import idna

from cases.intake.problems import shown

MAX_ADDRESS = 254  # RFC 5321, section 4.5.3.1, as errata 1690 counts it
MAX_LOCAL = 64
MAX_DOMAIN = 253

# RFC 5322 dot-atom; letters and digits of any script as RFC 6531 allows them. No quotes, no comments.
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def check_email(text: str) -> None:
    """Ask for `name@domain` with a domain name of at least two labels; international domains are welcome."""
    local, at, domain = text.rpartition("@")
    fits = len(text.encode()) <= MAX_ADDRESS and len(local.encode()) <= MAX_LOCAL
    if not (at and fits and _LOCAL.fullmatch(local) and _is_domain(domain)):
        raise ValueError(f"{shown(text)} is no e-mail address; write one address alone, such as name@example.org")


def _is_domain(domain: str) -> bool:
    labels = [_ascii(label) for label in domain.split(".")]
    return (
        len(labels) > 1
        and len(".".join(labels)) <= MAX_DOMAIN
        and all(map(_LABEL.fullmatch, labels))
        and not labels[-1].isdigit()
    )


def _ascii(label: str) -> str:
    """Give the form in which a part of a domain travels (IDNA 2008); "" where there is none.

    Without the mappings of UTS 46, which would drop invisible characters that stay in the text.
    """
    if label.isascii():
        return label
    try:
        return idna.alabel(unicodedata.normalize("NFC", label.lower())).decode("ascii")
    except idna.IDNAError:
        return ""
