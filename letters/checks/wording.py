"""Rules about the words of the victim's sentences, notes and descriptions, and about places they give away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache

from cases.case_file import CaseFile
from directory.geography.places import place_names_in
from letters.checks.content import Found
from letters.checks.printed import Text
from letters.documents.coverage import missing_glyphs
from letters.facts import LetterFacts
from letters.wording.dialogue import DIALOGUE_MENDING, dialogue
from letters.wording.findings import Finding
from letters.wording.forbidden import FORBIDDEN_WORD_MENDING, forbidden_words
from letters.wording.health import HEALTH_MENDING, health
from letters.wording.locations import LOCATION_MENDING, locations

_SHOWN = 60
_OWN_NAMES = {"victim.full_name", "reporter.full_name"}


def wording_problems(facts: LetterFacts, texts: Collection[Text], proper_names: Collection[str]) -> Iterator[Found]:
    """Words that a report does not use, and prose that is no hard fact."""
    proper_names = (*proper_names, facts.sender.name)
    for text in (*texts, Text("(organization)", "\n".join(facts.sender.letterhead), sentence=True)):
        if text.sentence:
            yield from _found("forbidden-word", text, forbidden_words(text.text, proper_names), FORBIDDEN_WORD_MENDING)
            yield from _found("no-dialogue", text, dialogue(text.text), DIALOGUE_MENDING)
            if facts.recipient.foreign:
                yield from _found("health-text", text, health(text.text), HEALTH_MENDING)
        yield from _glyphs(text)


def location_problems(file: CaseFile, texts: Iterable[Text]) -> Iterator[Found]:
    """Places in any text, of a victim whose place may not be told; none for anybody else.

    The names that a report is signed with are left out: many people are called Rosario, Victoria or Virginia.
    """
    if not file.hides_location:
        return
    names = _hidden_names(file)
    for text in texts:
        if text.path in _OWN_NAMES:
            continue
        yield from _found("location-revealed", text, locations(text.text, names=names), LOCATION_MENDING)


def unsafe_contact_problems(file: CaseFile, texts: Iterable[Text]) -> Iterator[Found]:
    """The victim's unsafe address or number, wherever else it stands: it is never printed (PROCESS.md)."""
    # The last nine digits tell a number whatever its prefix.
    victim, barred = file.victim, file.case.do_not_contact_victim or file.held
    emails = [victim.email.casefold()] if victim.email and (barred or not victim.email_is_safe) else []
    phones = [_digits(victim.phone)[-9:]] if victim.phone and (barred or not victim.phone_is_safe) else []
    for text in texts:
        lowered, digits = text.text.casefold(), _digits(text.text)
        if any(email in lowered for email in emails) or any(p and p in digits for p in phones):
            yield "unsafe-contact", text.path, "It holds a contact of the victim that is not safe: take it out."


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _hidden_names(file: CaseFile) -> frozenset[str]:
    victim = file.victim
    own = (victim.street, victim.city, victim.region, victim.postal_code)
    return frozenset(filter(None, own)) | (_places_of(file.case.held_in) if file.held else frozenset())


@cache
def _places_of(country: str) -> frozenset[str]:
    return place_names_in(country) | place_names_in(country, "other") if country else frozenset()


def _glyphs(text: Text) -> Iterator[Found]:
    missing = missing_glyphs(text.text)
    if missing:
        shown = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing[:5])
        yield "missing-glyph", text.path, f"No font of the letter can print {shown}: write it in other characters."


def _found(rule: str, text: Text, findings: tuple[Finding, ...], mending: str) -> Iterator[Found]:
    if findings:
        shown = "; ".join(f"“{_shortened(finding.text)}”" for finding in findings[:3])
        yield rule, text.path, f"{shown}: {mending}"


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
