"""Faults put into the product on purpose, each with the probes that must find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.admin.tiles import Tile
from accounts.models import Membership, User
from accounts.rules import Decision
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from cases.admin import changing_facts
from cases.models import Case, Identifier
from cases.models.case import CaseManager, CaseQuerySet
from letters.models import Dispatch, Letter

Seeding = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Fault:
    """What is done to the product; where, as whom and by what the probes look; what they must say."""

    seed: Seeding
    addresses: tuple[str, ...]
    actor: str
    finds: str
    method: str = "GET"


def _instead(target: str, replacement: Any) -> Seeding:
    return lambda: patch(target, replacement)


def _everything(self: CaseQuerySet, _user: object) -> CaseQuerySet:
    return self


def _case_of_anybody(_request: HttpRequest, case_id: UUID) -> Case:
    return get_object_or_404(Case, pk=case_id)


def _letter_of_anybody(_request: HttpRequest, letter_id: UUID) -> Letter:
    return get_object_or_404(Letter.objects.select_related("case"), pk=letter_id)


def _yes(*_asked: object) -> Decision:
    return Decision(allowed=True, reason="everybody may")


def _refused_by_name(request: HttpRequest, case_id: UUID) -> Case:
    case = _case_of_anybody(request, case_id)
    raise PermissionDenied(f"the case {case.number} is a colleague's")


def _refused_politely(request: HttpRequest, case_id: UUID) -> Case:
    _case_of_anybody(request, case_id)
    raise PermissionDenied("this case is a colleague's")


def _memberships_as_ever() -> list[Membership]:
    """The ended ones too."""
    own = Membership.own.exclude(organization_id=PLATFORM_ORGANIZATION_ID)
    return list(own.select_related("organization", "user"))


def _page_with_the_object(request: HttpRequest, status: int, *_words: str) -> HttpResponse:
    """An error page that prints the object: whatever id stands in the address."""
    asked = (request.resolver_match.kwargs if request.resolver_match else {}).get("case_id")
    member = getattr(request, "membership", None)
    case = Case.objects.filter(pk=asked).first() if member and asked else None
    return HttpResponse(f"There is nothing here: {case or 'no case'}", status=status)


def _found_among_all(_cases: CaseQuerySet, text: str) -> Any:
    found = Case.objects.filter(Q(number=text) | Q(external_id=text))
    return found.annotate(filed_count=Value(0), names=Value("")).order_by("number")


def _tiles_of_all(_user: User) -> list[Tile]:
    """Every case's number, whoever asks."""
    return [Tile(case.number) for case in Case.objects.all()]


def _mail_of_anybody(self: CaseManager, user: User) -> CaseQuerySet:
    found = self.get_queryset()
    assert isinstance(found, CaseQuerySet)
    return found


def _anything(*_asked: object) -> None:
    """Require nothing."""


@contextmanager
def _mail_is_written_for_anybody() -> Iterator[None]:
    with (
        patch("cases.models.case.CaseManager.open_to", _mail_of_anybody),
        patch("letters.actions.dispatches.require", _anything),
    ):
        yield


@contextmanager
def _facts_are_written_for_anybody() -> Iterator[None]:
    with (
        patch("cases.admin.changing_facts.open_case", _case_of_anybody),
        patch("cases.admin.changing_facts.require", _anything),
        patch("cases.actions.facts.require", _anything),
    ):
        yield


@contextmanager
def _a_new_case_takes_the_place_of_another() -> Iterator[None]:
    """Whose case has the number already is not asked."""
    with patch("cases.actions.take_intake._may", _anything), patch("cases.actions.new_case._is_new", _anything):
        yield


@contextmanager
def _rows_are_found_by_what_the_form_names() -> Iterator[None]:
    """As a formset of models does that trusts its hidden id."""
    plain = changing_facts._saved

    def saving(request: HttpRequest, case: Case, *args: Any) -> bool:
        Identifier.objects.filter(pk=request.POST["identifiers-0-id"]).update(case=case)
        return plain(request, case, *args)

    with patch.object(changing_facts, "_saved", saving):
        yield


@contextmanager
def _a_tile_source() -> Iterator[None]:
    with patch("accounts.admin.tiles._sources", [_tiles_of_all]):
        yield


@contextmanager
def _a_dispatch_is_touched() -> Iterator[None]:
    """Asking for what is closed leaves a trace on it."""
    plain = _case_of_anybody

    def touching(request: HttpRequest, case_id: UUID) -> Case:
        Dispatch.objects.filter(case_id=case_id).update(attempts=7)
        plain(request, case_id)
        raise Http404

    with patch("cases.admin.case_page.open_case", touching):
        yield


@contextmanager
def _number_on_the_verify_page() -> Iterator[None]:
    """The page for strangers says whose case it is."""
    from letters.queries import verification
    from letters.views import verify

    plain = verify._page

    def talking(request: HttpRequest, letter: verification.SealedLetter, *args: Any, **more: Any) -> HttpResponse:
        answer = plain(request, letter, *args, **more)
        code = request.resolver_match.kwargs["code"] if request.resolver_match else ""
        published = verification._published(code)
        assert published is not None
        with organization(published.organization_id):
            answer.content += Letter.objects.get(pk=published.letter_id).case.number.encode()
        return answer

    with patch.object(verify, "_page", talking):
        yield


_STRANGER, _OURS = "caseworker without the case", "caseworker"
FAULTS = {
    "open_to returns every case": Fault(
        _instead("cases.models.case.CaseQuerySet.open_to", _everything), ("cases_case_changelist",), _STRANGER, "leak"
    ),
    "a case is opened without open_to": Fault(
        _instead("cases.admin.case_page.open_case", _case_of_anybody), ("cases_case_change",), _STRANGER, "leak"
    ),
    "a letter is read without asking for its case": Fault(
        _instead("letters.admin.files._open_letter", _letter_of_anybody), ("letter_pdf", "letter_mail"), _OURS, "leak"
    ),
    "a victim's own mail is handed to anybody": Fault(
        _instead("cases.models.case.CaseManager.open_to", _mail_of_anybody), ("own_mail",), _STRANGER, "oracle"
    ),
    "a victim's own mail is written for anybody": Fault(_mail_is_written_for_anybody, ("own_mail",), _STRANGER, "leak"),
    "the trail of a case is a page for whoever opens the case": Fault(
        _instead("cases.admin.case_page.require", _anything), ("cases_case_history",), _OURS, "leak"
    ),
    "the trail of a case stands on its page for whoever opens it": Fault(
        _instead("cases.admin.case_panels.can", _yes), ("cases_case_change",), _OURS, "leak"
    ),
    "facts are written for anybody": Fault(
        _facts_are_written_for_anybody, ("cases_case_facts",), _STRANGER, "change", "POST"
    ),
    "a new case takes the place of the one that has its number": Fault(
        _a_new_case_takes_the_place_of_another, ("cases_case_add",), _STRANGER, "change", "POST"
    ),
    "a row is written that the form names": Fault(
        _rows_are_found_by_what_the_form_names, ("cases_case_facts",), _OURS, "change", "POST"
    ),
    "everybody may do everything": Fault(
        _instead("cases.models.case.can", _yes), ("cases_case_change", "report"), _STRANGER, "leak"
    ),
    "members are shown to everybody": Fault(
        _instead("accounts.rules.can", _yes), ("members",), "intake volunteer", "leak"
    ),
    "the first page lists every case": Fault(_a_tile_source, ("index",), "analyst", "leak"),
    "search goes over all cases": Fault(
        _instead("cases.admin.cases.find_cases", _found_among_all), ("cases_case_changelist",), _STRANGER, "leak"
    ),
    "an ended membership still opens its organization": Fault(
        _instead("accounts.queries.memberships.own_memberships", _memberships_as_ever),
        ("index",),
        "caseworker whose membership was ended",
        "leak",
    ),
    "the page for strangers prints the number of the case": Fault(
        _number_on_the_verify_page, ("verify",), "nobody signed in", "leak"
    ),
    "an error page prints the object": Fault(
        _instead("accounts.views.errors._page", _page_with_the_object), ("cases_case_change",), _STRANGER, "leak"
    ),
    "a refusal names the case": Fault(
        _instead("cases.admin.case_page.open_case", _refused_by_name), ("cases_case_change",), _STRANGER, "leak"
    ),
    "a refusal is another one than for nothing": Fault(
        _instead("cases.admin.case_page.open_case", _refused_politely), ("cases_case_act",), _STRANGER, "oracle", "POST"
    ),
    "asking for a closed case changes it": Fault(_a_dispatch_is_touched, ("cases_case_change",), _STRANGER, "change"),
}
