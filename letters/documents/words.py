"""The sentences of a letter, from templates/letters/<kind>/*.txt.

One file serves the PDF and the e-mail. Paragraphs are parted by empty lines; a line that starts with `zh: ` is
the Chinese of the paragraph above it; a paragraph that starts with `- ` is an item of a list. A kind without a
file of its own takes the shared one, or else the generic kind's.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Engine

from cases.money import grouped
from letters.documents.labels import MARKS, Phrase
from letters.facts import LetterFacts

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# Plain text: the HTML template escapes every sentence once, where it prints it.
_ENGINE = Engine(dirs=[str(TEMPLATES)], autoescape=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of our own words, or one item of a list."""

    phrase: Phrase
    item: bool = False


def passages(facts: LetterFacts, name: str) -> tuple[Passage, ...]:
    """The paragraphs of one file ("opening", "asks", "closing" …) for the kind of this recipient."""
    template = _ENGINE.select_template(_candidates(facts.recipient.kind, f"{name}.txt"))
    text = template.render(Context(_values(facts), autoescape=False, use_l10n=False, use_tz=False))
    blocks = (block.strip("\n ") for block in re.split(r"\n[ \n]*\n", text))
    return tuple(_passage(block) for block in blocks if block)


def matter(facts: LetterFacts) -> Phrase:
    """What is reported, as a subject says it: a CRIME, FRAUD."""
    return MARKS["subject_held" if facts.held else "subject"]


def subject_line(facts: LetterFacts) -> Phrase:
    """The subject inside the letter, in capitals."""
    return Phrase(f"{matter(facts).en.upper()} – CASE {facts.case_number}", matter(facts).zh)


def on_behalf(facts: LetterFacts) -> str:
    """Under the name of a reporter, for whom they sign; nothing where the victim signs."""
    victim, relation = facts.signature.on_behalf_of, facts.signature.relation
    return f"on behalf of {victim}" + (f", as {relation}" if relation else "") if victim else ""


def section_order(facts: LetterFacts) -> list[str]:
    """The names of the sections in the order in which this kind of recipient gets them."""
    template = _ENGINE.select_template(_candidates(facts.recipient.kind, "sections.txt"))
    return template.render(Context()).split()


def _candidates(kind: str, name: str) -> list[str]:
    return [f"letters/{folder}/{name}" for folder in (kind, "shared", "generic")]


def _passage(block: str) -> Passage:
    lines = [line.strip(" ") for line in block.split("\n")]
    zh = "".join(line.removeprefix("zh: ") for line in lines if line.startswith("zh: "))
    en = " ".join(line for line in lines if not line.startswith("zh: "))
    return Passage(Phrase(en.removeprefix("- "), zh), item=en.startswith("- "))


def _values(facts: LetterFacts) -> dict[str, str | bool]:
    """What a sentence may name. On one line each, so that no value can begin a paragraph of its own."""
    impact = facts.impact
    return {
        "attention": _line(facts.recipient.attention),
        "ask_to_forward": facts.recipient.ask_to_forward,
        "chinese": facts.recipient.chinese,
        "draft": facts.draft,
        "held": facts.held,
        "impact": bool(impact.emotional or impact.financial),
        "losses": _line("; ".join(f"{grouped(t.lost)} {t.currency}" for t in facts.totals if t.lost > 0)),
        "online": facts.recipient.channel == "web_form",
        "organization": _line(facts.sender.name),
        "transfers": bool(facts.transfers),
        "recipient": _line(facts.recipient.name),
        "recovery_note": _line(facts.recovery_note),
        "relation": _line(facts.reporter.relation if facts.reporter else ""),
        "reporter": _line(facts.reporter.full_name if facts.reporter else ""),
        "victim": _line(facts.victim.full_name),
    }


def _line(value: str) -> str:
    return re.sub(r"\s*[\r\n]\s*", " ", value).strip()
