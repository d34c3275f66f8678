"""How the directory is said on pages."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.text import capfirst

from directory.enums import AgencyKind
from directory.geography import ISO_COUNTRIES, country_name
from directory.models import Agency, ContactPoint


def spoken(word: str) -> str:
    """A word of a closed list as people say it."""
    return "NGO" if word == AgencyKind.NGO else word.replace("_", " ")


def kind_of(agency: Agency) -> str:
    """What an agency is; of a mission, which kind of mission."""
    return spoken(agency.mission.kind if hasattr(agency, "mission") else agency.kind)


def country_of(agency: Agency) -> str:
    """Whose agency it is; of a mission also for where it is accredited."""
    whose = capfirst(country_name(agency.country)) if agency.country else "International"
    return f"{whose}, in {country_name(agency.mission.host_country)}" if hasattr(agency, "mission") else whose


def state_of(contact: ContactPoint | None) -> str:
    """Where a contact point stands, as a word with a shape."""
    if contact is None:
        return format_html('<span class="state">{}</span>', "no contact point")
    if contact.is_closed:
        return format_html('<span class="state bad">{}</span>', "closed")
    if contact.verified_on:
        return format_html('<span class="state good">{}</span>', f"verified {contact.verified_on}")
    return format_html('<span class="state wait">{}</span>', "unverified")


def countries_meant(term: str) -> list[str]:
    """The codes of the countries that a search means: by code, or by a part of the name of three letters or more."""
    words = " ".join(term.casefold().split()).removeprefix("the ")
    return [
        code
        for code in ISO_COUNTRIES
        if words == code.casefold() or (len(words) > 2 and words in country_name(code).casefold())
    ]
