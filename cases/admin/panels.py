"""The panels of a case's page: each app that knows something of a case puts one there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from accounts.models import User
from cases.case_file import CaseFile, read_case_file
from cases.models import Case
from cases.plan import Plan, build_plan


class CasePage:
    """What the panels of one page share; each is read once, and only where a panel asks for it."""

    def __init__(self, request: HttpRequest, user: User, case: Case) -> None:
        self.request = request
        self.user = user
        self.case = case

    @cached_property
    def file(self) -> CaseFile:
        """All facts of the case."""
        return read_case_file(self.case.pk)

    @cached_property
    def plan(self) -> Plan:
        """Who should hear of it."""
        return build_plan(self.file)


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page: `context` gives its template what it shows. `order` counts from the top."""

    key: str
    title: str
    template: str
    order: int
    context: Callable[[CasePage], dict[str, object]]
    aside: bool = False


_panels: list[Panel] = []


def add_panel(panel: Panel) -> None:
    """Put a panel on every case's page; apps call it when their `admin` is loaded."""
    _panels.append(panel)


def panels(*, aside: bool) -> list[Panel]:
    """The panels of the main column, or of the side, from top to bottom."""
    return sorted((panel for panel in _panels if panel.aside == aside), key=lambda panel: panel.order)
