"""The agency key of a bank, exchange or money service that only the case names: `institution-<slug>`."""

import re
import unicodedata
from hashlib import sha256

MAX_SLUG = 60
_HASH_DIGITS = 8
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def institution_slug(name: str) -> str:
    """Turn an institution's name into 1-60 characters of a-z, 0-9 and inner hyphens.

    "Harborline Exchange (fictitious)" becomes "harborline-exchange-fictitious". Accents, letter case and
    punctuation do not tell two institutions apart. Where ASCII loses letters (中国银行) or the slug is cut or
    would be empty, eight hexadecimal digits of the folded name's SHA-256 keep the names apart.
    """
    folded = _folded(name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    slug = _NOT_SLUG.sub("-", bare).strip("-")
    loses_letters = any(c.isalnum() and not c.isascii() for c in bare)
    if slug and not loses_letters and len(slug) <= MAX_SLUG:
        return slug
    digits = sha256(folded.encode("utf-8", "backslashreplace")).hexdigest()[:_HASH_DIGITS]
    start = slug[: MAX_SLUG - _HASH_DIGITS - 1].rstrip("-")
    return f"{start}-{digits}" if start else digits


def _folded(name: str) -> str:
    """Fold away letter case, compatibility forms and runs of spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(folded.split())
