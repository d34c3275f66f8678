"""What a wording rule returns: a place in a text."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One passage that breaks a rule: `text` is what stands at `[start:end]` of the text searched."""

    start: int
    end: int
    text: str


def merged(source: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one text in reading order, those that overlap made one."""
    spans: list[tuple[int, int]] = []
    for found in sorted(findings):
        if spans and found.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], found.end))
        else:
            spans.append((found.start, found.end))
    return tuple(Finding(start, end, source[start:end]) for start, end in spans)
