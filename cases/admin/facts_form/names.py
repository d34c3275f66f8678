"""Countries and languages as people write them, and their codes; what is neither stays as it was typed."""

from __future__ import annotations

from functools import cache
from typing import Any

import pycountry

from directory.geography.countries import ISO_COUNTRIES, country_name
from directory.geography.names import fold

# The screening turns on these (PROCESS.md, step 1); the list of languages calls them otherwise or not at all.
_SPOKEN = {
    "mandarin": "cmn",
    "putonghua": "cmn",
    "cantonese": "yue",
    "hokkien": "nan",
    "hakka": "hak",
    "shanghainese": "wuu",
    "burmese": "my",
    "malay": "ms",
    "khmer": "km",
    "laotian": "lo",  # "Lao" is the other code of the same language
    "filipino": "fil",
}


def short_name(code: str) -> str:
    """A country's name as it stands in a list, without its article."""
    return country_name(code).removeprefix("the ")


@cache
def _codes() -> dict[str, str]:
    return {fold(short_name(code)): code for code in ISO_COUNTRIES}


def code_of(typed: str) -> str:
    """The code of a country that was typed as a name or as a code."""
    text = typed.strip()
    if text.upper() in ISO_COUNTRIES:
        return text.upper()
    folded = fold(text)
    return _codes().get(folded) or _codes().get(folded.removeprefix("the "), text)


def name_of(value: str) -> str:
    """The name of a code; anything else as it is."""
    return short_name(value) if value in ISO_COUNTRIES else value


def codes_of(typed: str) -> list[str]:
    """The codes of countries between commas, each once."""
    parts = (part.strip() for part in typed.replace(";", ",").split(","))
    return list(dict.fromkeys(code_of(part) for part in parts if part))


def language_tag(typed: str) -> str:
    """The BCP 47 tag of a language that was typed by its English name; a tag, or what is unknown, as it is.

    A code comes before a name: there is a language called En, and another called Tha.
    """
    text = typed.strip()
    known = pycountry.languages.get(name=text.capitalize())
    tag = _SPOKEN.get(text.casefold())
    if tag or known is None or _language(text):
        return tag or text
    return str(getattr(known, "alpha_2", known.alpha_3))


def language_name(tag: str) -> str:
    """The English name of a tag of one part, if it leads back to the tag; the tag otherwise."""
    spoken = {value: name.capitalize() for name, value in reversed(_SPOKEN.items())}
    known = _language(tag)
    name = spoken.get(tag) or (known.name if known else tag)
    return name if language_tag(name) == tag else tag


def _language(code: str) -> Any:
    """The language of a code of two or three letters, if there is one."""
    return pycountry.languages.get(alpha_2=code.lower()) or pycountry.languages.get(alpha_3=code.lower())
