"""The people of a letter: who sends it, the victim, who speaks for them, and who signs."""

from __future__ import annotations

from accounts.models import Organization
from cases.case_file import CaseFile
from directory.geography.countries import country_name
from letters.facts import Person, Reporter, Sender, Signature
from letters.gathering.telling import Telling


def sender(organization: Organization) -> Sender:
    """The organization, as its letterhead has it."""
    return Sender(
        name=organization.name,
        letterhead=_lines(organization.letterhead),
        postal_address=_lines(organization.postal_address),
        email=organization.sending_email,
        reply_email=organization.reply_email,
        phone=organization.phone,
        website=organization.website,
        accent_color=organization.accent_color,
    )


def victim(file: CaseFile, may: Telling) -> Person:
    """The victim, less what this recipient is not to be told."""
    victim = file.victim
    return Person(
        full_name=victim.full_name,
        address=_address(file, may),
        country="" if file.held else country_name(victim.country),
        email=victim.email if may.email else "",
        phone=_phone(file) if may.phone else "",
        date_of_birth=victim.date_of_birth if may.birth else None,
        nationalities=tuple(country_name(code) for code in victim.nationalities) if may.nationalities else (),
    )


def _phone(file: CaseFile) -> str:
    """The number as it was given, with its international form where that differs."""
    given, international = file.victim.phone, file.victim.phone_e164
    return given if given.startswith("+") or not international else f"{given} ({international})"


def _address(file: CaseFile, may: Telling) -> tuple[str, ...]:
    victim = file.victim
    if file.hides_location:
        return ()
    town = " ".join(filter(None, (victim.postal_code if may.street else "", victim.city)))
    return tuple(filter(None, (victim.street if may.street else "", town, victim.region)))


def reporter(file: CaseFile, may: Telling) -> Reporter | None:
    """Who speaks for the victim; contact details only where this recipient may have them."""
    reporter = file.reporter
    if reporter is None:
        return None
    if not may.reporter_contact:
        return Reporter(reporter.full_name, reporter.relation)
    country = "" if reporter.country in ("", file.case.held_in) else country_name(reporter.country)
    return Reporter(reporter.full_name, reporter.relation, reporter.email, reporter.phone, country)


def signature(file: CaseFile, may: Telling, sender: Sender) -> Signature:
    """Who signs, with the safe ways to reach them; the organization's stand in for what is unsafe or withheld."""
    speaker = reporter(file, may)
    person = victim(file, may)
    if speaker:
        contact = _contact_lines(speaker.email, speaker.phone, ())
    else:
        contact = _contact_lines(person.email, person.phone, _postal(person) if may.street else ())
    if not (may.phone and may.email) or not contact:
        contact.append(f"Through {sender.name}: {sender.reply_email}")
    if speaker is None:
        return Signature(full_name=person.full_name, contact=tuple(contact))
    return Signature(speaker.full_name, person.full_name, speaker.relation, tuple(contact))


def _postal(person: Person) -> tuple[str, ...]:
    """The address as it stands on an envelope from abroad: with its country."""
    return (*person.address, person.country) if person.address else ()


def _contact_lines(email: str, phone: str, address: tuple[str, ...]) -> list[str]:
    lines = (("E-mail", email), ("Phone", phone), ("Post", ", ".join(address)))
    return [f"{label}: {value}" for label, value in lines if value]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
