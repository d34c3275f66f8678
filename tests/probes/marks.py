"""Marks: unguessable words and ids in everything that somebody must not see, each with the people who may."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_WORD = re.compile(r"zq[0-9a-f]{12}")
#: What is recognized besides: ids, hashes and case numbers.
_SHAPES = (
    _WORD,
    re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    re.compile(r"[0-9a-f]{64}"),
    re.compile(r"rd-\d{4}-\d{6}"),
)


@dataclass(frozen=True)
class Mark:
    """Something that can be recognized wherever it turns up; `whose` is a case, a person or an organization."""

    text: str
    kind: str
    whose: str
    audience: frozenset[str]

    def __str__(self) -> str:
        return f"{self.kind} of {self.whose}"


@dataclass
class Marks:
    """All marks of a world."""

    _known: dict[str, Mark] = field(default_factory=dict)
    _codes: list[Mark] = field(default_factory=list)

    def word(self, kind: str, whose: str, audience: Iterable[str]) -> str:
        """A new word, to be put where only the audience may find it."""
        return self.know(f"zq{secrets.token_hex(6)}", kind, whose, audience)

    def know(self, text: object, kind: str, whose: str, audience: Iterable[str]) -> str:
        """Recognize what is there already: an id, a hash, a number, or any code in exactly its own letters."""
        mark = Mark(str(text), kind, whose, frozenset(audience))
        if any(shape.fullmatch(mark.text.lower()) for shape in _SHAPES):
            self._known[mark.text.lower()] = mark
        else:
            assert len(mark.text) > 20, f"{text} is too short to be recognized"
            self._codes.append(mark)
        return mark.text

    def found_in(self, text: str) -> set[Mark]:
        """Every mark in a text; words, ids and numbers in whatever case."""
        lower = text.lower()
        shapes = {found for shape in _SHAPES for found in shape.findall(lower)}
        return {self._known[one] for one in shapes if one in self._known} | {c for c in self._codes if c.text in text}

    def is_known(self, text: str) -> bool:
        """Whether it is the text of a mark."""
        return text.lower() in self._known

    def __iter__(self) -> Iterator[Mark]:
        yield from self._known.values()
        yield from self._codes
