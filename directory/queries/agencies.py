"""Agencies by key and by name."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from directory.geography.countries import DATA
from directory.models import Agency

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_ACRONYM = re.compile(r"\((\w+)\)")


def agency_keys() -> set[str]:
    """Return the key of every agency."""
    return set(Agency.objects.values_list("key", flat=True))


def agency_names() -> frozenset[str]:
    """Return the name of every agency, in English and in its own language."""
    pairs = Agency.objects.values_list("name_en", "name_local")
    return frozenset(name for pair in pairs for name in pair if name)


def agency_by_name(text: str) -> Agency | None:
    """Return the agency of that key or name, None where there is none or more than one. See `agencies_by_name`."""
    return agencies_by_name([text])[text]


def agencies_by_name(texts: Iterable[str]) -> dict[str, Agency | None]:
    """Return the agency that each text names, at most two queries however many there are.

    Exactly, in any case: its key; its name in English or its own language; that without what is in brackets; a
    single word in brackets ("IC3"); an alias of `aliases.toml`. Never by likeness: a wrong match would count a
    report as filed that never was.
    """
    wanted = {text: _plain(text) for text in texts}
    keys_of = _keys_of_names(set(wanted.values()))
    found = {agency.key: agency for agency in Agency.objects.filter(key__in=set().union(*keys_of.values()))}
    return {text: _only(keys_of[plain], found) for text, plain in wanted.items()}


def names_of(agency_name: str) -> set[str]:
    """Return the forms, in lower case, under which an agency of that name is recognized."""
    forms = {agency_name, _BRACKETS.sub("", agency_name), *_ACRONYM.findall(agency_name)}
    return {_plain(form) for form in forms} - {""}


def _keys_of_names(plain_names: set[str]) -> dict[str, set[str]]:
    keys_of: dict[str, set[str]] = {name: set(_aliases().get(name, ())) for name in plain_names}
    for key, *names in Agency.objects.values_list("key", "name_en", "name_local"):
        for form in {key}.union(*(names_of(name) for name in names)) & keys_of.keys():
            keys_of[form].add(key)
    # A key is nobody else's name.
    return {name: {name} if name in keys else keys for name, keys in keys_of.items()}


def _only(keys: set[str], found: dict[str, Agency]) -> Agency | None:
    return found.get(next(iter(keys))) if len(keys) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _aliases() -> dict[str, list[str]]:
    keys_of: dict[str, list[str]] = {}
    listed: dict[str, list[str]] = tomllib.loads((DATA / "aliases.toml").read_text(encoding="utf-8"))
    for key, aliases in listed.items():
        for alias in aliases:
            keys_of.setdefault(_plain(alias), []).append(key)
    return keys_of
