"""What the form of an address says by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """An address as one family of chains reads it.

    chains: the chains that write their addresses so, the likeliest first. value: the canonical text.
    mistake: what is wrong with it, or "" where it is sound. checked: whether the form has a checksum at all.
    """

    chains: tuple[str, ...]
    value: str
    mistake: str = ""
    checked: bool = True


CHARACTER = "it has a character that these addresses never use"
LENGTH = "it has too few or too many characters"
CHECKSUM = "its checksum does not fit, so at least one character is wrong"
MIXED_CASE = "it mixes capitals and small letters, which these addresses never do"
