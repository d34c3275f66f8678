"""Every address that the site answers, read from the resolver, so that a new one is probed by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

from cases.admin.acts import ACTS as CASE_ACTS
from directory.admin.forms import ACTS as DIRECTORY_ACTS
from letters.admin.acts import ACTS as REPORT_ACTS
from letters.admin.waiting import ACTS as WAITING_ACTS
from tests.letters.outbox.counter import EMBASSY
from tests.probes.cases import POLICE
from tests.probes.world import RANDOM, World

_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
_NO_ACT = "no-such-act"

#: Parameters that mean no row of somebody's, with what they are filled with: by address and parameter, or parameter.
FIXED: dict[tuple[str, str] | str, tuple[str, ...]] = {
    ("report", "agency_key"): (EMBASSY, POLICE, "no-such-agency"),
    "agency_key": (EMBASSY,),
    ("report_act", "act"): (*REPORT_ACTS, _NO_ACT),
    ("waiting_act", "act"): (*WAITING_ACTS, _NO_ACT),
    ("cases_case_act", "act"): (*CASE_ACTS, _NO_ACT),
    ("directory_contact", "act"): (*DIRECTORY_ACTS, _NO_ACT),
    ("directory_agency", "key"): (EMBASSY, "no-such-agency"),
    ("directory_contact", "key"): (EMBASSY,),
    ("directory_proposal", "key"): (EMBASSY,),
    "key": ("abcdef-0123456789abcdef",),  # of allauth's links: signed, and given to nobody here
    "name": ("20260301T120000.000000-0123abcd",),
    "number": ("1",),
}


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver; `template` has a place for each parameter."""

    name: str
    template: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def is_ours(self) -> bool:
        """Whether a view of ours answers; allauth's know persons and no organization."""
        return not str(getattr(self.view, "__module__", "")).startswith("allauth.")

    def path(self, values: Mapping[str, str]) -> str:
        """The path with its parameters filled."""
        return "/" + self.template % {name: quote(values[name]) for name in self.parameters}

    def objects(self, world: World) -> tuple[str, ...]:
        """The parameters that name somebody's row."""
        return tuple(name for name in self.parameters if name in world.names[RANDOM])

    def fixed(self, world: World) -> Iterator[dict[str, str]]:
        """Every filling of the other parameters. Raises AssertionError where nobody said what to fill in."""
        others = [name for name in self.parameters if name not in world.names[RANDOM]]
        for values in product(*(self._choices(name) for name in others)):
            yield dict(zip(others, values, strict=True))

    def _choices(self, parameter: str) -> tuple[str, ...]:
        found = FIXED.get((self.name, parameter)) or FIXED.get(parameter)
        assert found, (
            f"The probes do not know how to fill <{parameter}> of /{self.template}: where it names a row, add it to"
            " `_names_of` and `_names_of_nothing` in tests/probes/world.py; else to FIXED in tests/probes/addresses.py."
        )
        return found


def every_address() -> list[Address]:
    """Every address of the site, in the order in which the resolver asks them."""
    return list({address.template: address for address in reversed(list(_walk(get_resolver(), "")))}.values())


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        template = prefix + _template(entry)
        if isinstance(entry, URLPattern):
            names = tuple(dict.fromkeys(re.findall(r"%\((\w+)\)s", template)))
            yield Address(entry.name or template, template, names, entry.callback)
        else:
            yield from _walk(entry, template)


def _template(entry: URLPattern | URLResolver) -> str:
    if isinstance(entry.pattern, RoutePattern):
        return _CONVERTER.sub(r"%(\1)s", str(entry.pattern))
    [(template, _names)] = normalize(entry.pattern.regex.pattern.removeprefix("^"))
    return str(template)
