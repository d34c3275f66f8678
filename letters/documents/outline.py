"""A letter as a list of sections: what the PDF and the e-mail both print, in one order.

Every section is built from facts alone and left out where they are empty, so that both forms of a letter
carry the same and neither has a heading without content.
"""

from dataclasses import dataclass
from unicodedata import bidirectional

from letters.documents.labels import Phrase
from letters.documents.words import Passage

_LONG_RUN = 16  # characters that fit into the narrowest column of words
_WIDEST_LATIN = "\u024f"  # what comes after may be wider
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRO", "RLI", "FSI"})


@dataclass(frozen=True, slots=True)
class Line:
    """One value as it was given. `style`: text, code (monospaced, may break anywhere), name, amount or fixed."""

    text: str
    style: str = "text"
    label: Phrase | None = None
    zh: str = ""  # the Chinese of fixed words
    runs_on: bool = False  # in a table of the PDF: on the same line as the one before

    @property
    def rtl(self) -> bool:
        """Whether the value holds a script that runs from right to left, and needs to be set apart."""
        return not self.text.isascii() and any(bidirectional(char) in _RIGHT_TO_LEFT for char in self.text)

    @property
    def wraps(self) -> bool:
        """Whether a run without a space may be wider than its column; breaking lines anywhere is costly."""
        return any(char > _WIDEST_LATIN for char in self.text) or any(len(run) > _LONG_RUN for run in self.text.split())

    @property
    def starts_rtl(self) -> bool:
        """Whether a paragraph of this text runs from right to left: its first letter with a direction decides."""
        strong = (bidirectional(char) for char in self.text)
        return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"

    @property
    def whole(self) -> str:
        """The digits of an amount before the decimal point."""
        return self.text.partition(".")[0]

    @property
    def fraction(self) -> str:
        """The decimal point and the digits after it, or nothing."""
        return self.text[len(self.whole) :]


Cell = tuple[Line, ...]


def cell(*values: str, style: str = "text") -> Cell:
    """One line for every value that is not empty."""
    return tuple(Line(value, style) for value in values if value)


def fixed(phrase: Phrase) -> Line:
    """A line of our own words."""
    return Line(phrase.en, "fixed", zh=phrase.zh)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `named_in_text` where the e-mail needs the heading to tell what a value is."""

    heading: Phrase
    style: str = ""
    named_in_text: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs and lists of our own words."""

    passages: tuple[Passage, ...]
    kind: str = "prose"


@dataclass(frozen=True, slots=True)
class Fields:
    """Facts with their names: one row each."""

    rows: tuple[tuple[Phrase, Cell], ...]
    title: Phrase | None = None
    kind: str = "fields"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of like things. `name` is the CSS class that sets the widths of the columns."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: Phrase | None = None
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the victim, under their own title. `language` is BCP 47, or empty."""

    title: Phrase
    paragraphs: tuple[Line, ...]
    language: str = ""
    kind: str = "quote"


Part = Prose | Fields | Table | Quote


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    name: str
    heading: Phrase
    parts: tuple[Part, ...]
