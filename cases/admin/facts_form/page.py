"""The form on its page: what its template shows, and how it is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin import site
from accounts.roles import Verb
from accounts.rules import can
from accounts.signed_in import signed_in
from cases.admin.facts_form.entry import Entry
from cases.admin.facts_form.names import language_name, short_name
from cases.admin.facts_form.rows import MAX_ROWS, RowKind
from cases.admin.facts_form.sections import Section
from cases.intake import Intake, IntakeRefused, parse_intake
from directory.geography.countries import ISO_COUNTRIES
from directory.queries import agency_keys

# Suggestions only: every other one can be typed.
_CURRENCIES = (
    "USD EUR GBP USDT USDC BTC ETH TRX CNY HKD SGD AUD CAD CHF JPY KRW INR MYR THB PHP IDR NGN GHS KES ZAR BRL"
)
_LANGUAGES = "cmn yue nan hak wuu zh en es fr de pt ar hi id ja km ko lo ms my ru sw th tl vi"
_SERVICES = (
    "WhatsApp,WeChat,Telegram,QQ,LINE,Signal,Facebook,Messenger,Instagram,TikTok,LinkedIn,X,Tinder,Zoom,Google Meet,"
    "bitcoin,ethereum,tron,bsc,solana"
)
_CHAINS = "tron ethereum bsc bitcoin polygon solana arbitrum optimism avalanche base"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: the fields in sight, those under "More", and the mark that takes it out."""

    form: forms.Form
    fields: list[BoundField]
    more: list[BoundField]
    out: BoundField

    @property
    def opened(self) -> bool:
        """Whether something under "More" must be mended."""
        return any(bound.errors for bound in self.more)

    @property
    def filled(self) -> int:
        """How many of the fields under "More" say something."""
        return sum(1 for bound in self.more if bound.value() not in (None, "", False, []))


@dataclass(frozen=True, slots=True)
class ShownRows:
    """A list: its rows, and the empty row from which the page makes another one."""

    path: str
    one: str
    management: forms.Form
    rows: list[ShownRow]
    empty: ShownRow
    most: int = MAX_ROWS

    @property
    def full(self) -> bool:
        """Whether the form takes no more rows of it."""
        return len(self.rows) >= self.most


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its fields."""

    section: Section
    fields: list[BoundField]
    more: list[BoundField]
    list: ShownRows | None


def form_context(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    """What the template of the form shows."""
    return {
        **site.each_context(request),
        "may_read": bool(can(signed_in(request), Verb.CASE_READ)),
        "sections": [_section(entry, section) for section in entry.layout.sections],
        "to_mend": entry.to_mend(),
        "files_again": bool(entry.form.is_bound and entry.form.files),
        "suggestions": suggestions(),
    }


def read_entry(entry: Entry) -> Intake | None:
    """The intake that the form says, or None; every problem is then at its field."""
    document = entry.document()
    try:
        intake = parse_intake(
            json.dumps(document).encode(),
            known_agencies=agency_keys(),
            today=timezone.localdate(),
            evidence=entry.evidence() if document.get("evidence") else None,
        )
    except IntakeRefused as refused:
        entry.mark(refused.problems)
        return None
    return intake if entry.is_sound() else None


@cache
def suggestions() -> dict[str, list[tuple[str, str]]]:
    """The lists beside the form, by their ids: what is typed, and what it means."""
    return {
        "countries": [(name, "") for name in sorted(map(short_name, ISO_COUNTRIES))],
        "currencies": [(code, "") for code in _CURRENCIES.split()],
        "languages": [(language_name(tag), "") for tag in _LANGUAGES.split()],
        "language-tags": [(tag, language_name(tag)) for tag in _LANGUAGES.split()],
        "services": [(name, "") for name in _SERVICES.split(",")],
        "chains": [(name, "") for name in _CHAINS.split()],
    }


def _section(entry: Entry, section: Section) -> ShownSection:
    bound = [entry.form[name] for name in section.fields if name not in section.more_fields]
    more = [entry.form[name] for name in section.more_fields]
    kind = next((kind for kind in entry.layout.rows if kind.path == section.rows), None)
    return ShownSection(section, bound, more, _list(entry, kind) if kind else None)


def _list(entry: Entry, kind: RowKind) -> ShownRows:
    rows = entry.rows[kind.path]
    shown = [_row(kind, form) for form in rows.forms]
    return ShownRows(kind.path, kind.one, rows.management_form, shown, _row(kind, rows.empty_form))


def _row(kind: RowKind, form: forms.Form) -> ShownRow:
    return ShownRow(form, [form[name] for name in kind.fields], [form[name] for name in kind.more], form["DELETE"])
