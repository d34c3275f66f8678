"""Shorter ways through WeasyPrint and pydyf for what nearly every box of a letter is.

They save a third of its time and change no byte. Each function stands in place of one of theirs and leaves to it
whatever is rare. A test prints both ways.
"""

from typing import Any

from letters.documents.haste import boxes, lines, pages, styles

_WAYS = (*styles.WAYS, *boxes.WAYS, *lines.WAYS, *pages.WAYS)
_THEIRS: tuple[Any, ...] = tuple(getattr(owner, name) for owner, name, _ in _WAYS)


def hasten(*, on: bool = True) -> None:
    """Take the shorter ways in this process, or go back to WeasyPrint's own."""
    for (owner, name, ours), theirs in zip(_WAYS, _THEIRS, strict=True):
        setattr(owner, name, ours if on else theirs)
