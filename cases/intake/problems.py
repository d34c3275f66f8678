"""Why an intake is refused: a place and a sentence each, in the order of the document."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Where in the document: keys and list places from the root; () is the document as a whole.
Place = tuple[str | int, ...]

SHOWN_LENGTH = 60
# A file with a million wrong keys must not print a million lines.
MAX_PROBLEMS = 10_000
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True, slots=True)
class Found:
    """A problem while it is still tied to a place of the parsed document."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason for a refusal, as people read it: `transfers.0.amount: is not above zero; …`."""

    path: str
    message: str

    def __str__(self) -> str:
        """Give the one line that is printed."""
        return f"{self.path}: {self.message}"


class IntakeRefused(ValueError):
    """The intake breaks at least one rule; `problems` names all of them and nothing was kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Take the problems in the order in which they are printed."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def shown(text: str) -> str:
    """Quote a value on one line: at most 60 characters of it, what cannot be printed as its code."""
    cut = text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
    return '"' + "".join(c if c.isprintable() else _escape(c) for c in cut) + '"'


def _escape(character: str) -> str:
    """Write one character as its code, U+202E, in the form that JSON and Python use."""
    return ascii(character).strip("'")


def refusal_of_document(message: str) -> IntakeRefused:
    """Refuse a file that cannot be read as a document at all."""
    return IntakeRefused([_problem(Found((), message))])


def refusal(document: object, found: Iterable[Found]) -> IntakeRefused:
    """Refuse a document for all that was found, each problem once, in the order of the document."""
    order = _DocumentOrder(document)
    problems = [_problem(one) for one in sorted(dict.fromkeys(found), key=lambda one: order(one.place))]
    if len(problems) > MAX_PROBLEMS:
        more = f"has more than {MAX_PROBLEMS:,} problems; mend these first, then check again"
        problems = [_problem(Found((), more)), *problems[:MAX_PROBLEMS]]
    return IntakeRefused(problems)


def _problem(found: Found) -> Problem:
    return Problem(".".join(map(_step, found.place)) or "(document)", found.message)


def _step(step: str | int) -> str:
    """Write one step of a path; a key that is no plain word is quoted, so that it cannot fake a line."""
    text = str(step)
    return text if _PLAIN_KEY.fullmatch(text) else shown(text)


class _DocumentOrder:
    """Sort key: where a place stands in the file. A missing key comes after those that are there."""

    def __init__(self, document: object) -> None:
        self._document = document
        self._positions: dict[int, dict[str, int]] = {}

    def __call__(self, place: Place) -> tuple[int, ...]:
        """Give the position of every step; parents sort before their children."""
        node: Any = self._document
        positions = []
        for step in place:
            positions.append(step if isinstance(step, int) else self._position(node, step))
            node = _child(node, step)
        return tuple(positions)

    def _position(self, node: object, key: str) -> int:
        if not isinstance(node, Mapping):
            return 0
        if id(node) not in self._positions:
            self._positions[id(node)] = {name: index for index, name in enumerate(node)}
        return self._positions[id(node)].get(key, len(node))


def _child(node: Any, step: str | int) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None
