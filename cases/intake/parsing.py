"""From the bytes of a file to a JSON document, or a refusal of the file as a whole.

Hostile input ends in a refusal, in time and memory that grow with the file alone: numbers are never
converted (no place of an intake takes one), nesting is the parser's own limit, the size is capped.
"""

import json
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from itertools import islice
from typing import Any

from cases.intake.problems import IntakeRefused, refusal_of_document
from cases.intake.schema import MAX_ROWS

MAX_BYTES = 25 * 1024 * 1024
# The largest case (6 lists of 5,000 full rows) has fewer; 25 MB of `{},` would take a gigabyte.
MAX_SEPARATORS = 1_000_000


class Number(Enum):
    """Stands for any number of the file. Amounts are text, so every number is a mistake of type."""

    FINITE = "a number"
    NOT_JSON = "NaN or Infinity, which are not JSON"


class DoubledMembers(dict[str, Any]):
    """A JSON object in which keys stand more than once: {key: how often} beside the last values."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        """Take the members as the file has them."""
        super().__init__(pairs)
        self.doubled = {key: n for key, n in Counter(key for key, _ in pairs).items() if n > 1}


def parsed(data: bytes) -> Any:
    """Read UTF-8 JSON (a byte order mark is allowed). Raises IntakeRefused with one `(document)` problem."""
    if len(data) > MAX_BYTES:
        raise refusal_of_document(f"is larger than {MAX_BYTES // 1024**2} MB; shorten it, evidence belongs beside it")
    if data.count(b",") + data.count(b":") > MAX_SEPARATORS:
        raise refusal_of_document(f"has more than {MAX_SEPARATORS:,} commas and colons; shorten it")
    text = _text(data)
    try:
        return json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=lambda _: Number.FINITE,
            parse_float=lambda _: Number.FINITE,
            parse_constant=lambda _: Number.NOT_JSON,
        )
    except json.JSONDecodeError as error:
        raise _not_json(error) from None
    except RecursionError:
        raise refusal_of_document("is nested too deeply; an intake has five levels at most") from None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 text (byte {error.start + 1}); save it again with the encoding UTF-8"
        raise refusal_of_document(message) from None


def _not_json(error: json.JSONDecodeError) -> IntakeRefused:
    if not error.doc.strip():
        return refusal_of_document("is empty; it must hold one JSON object")
    place = f"line {error.lineno}, column {error.colno}"
    if error.msg.startswith("Invalid control character"):
        return refusal_of_document(
            f"has a raw control character inside a text at {place}; remove it, or write a line break as \\n"
        )
    return refusal_of_document(f"is not valid JSON; mend it at {place}, or export it again")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    return members if len(members) == len(pairs) else DoubledMembers(pairs)


def rows(document: Any, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the objects of a top-level list with their places, as far as the document has its right form."""
    listed = document.get(key) if isinstance(document, dict) else None
    for index, row in enumerate(islice(listed, MAX_ROWS) if isinstance(listed, list) else ()):
        if isinstance(row, dict):
            yield index, row
