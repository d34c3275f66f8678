"""What the first page says of letters: those that wait for a person."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.admin.tiles import Tile
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import can
from cases.models import Case
from letters.enums import DispatchState
from letters.models import Dispatch
from letters.queries.for_a_person import for_a_person

_ON_THE_WAY = [state.value for state in (DispatchState.HELD, DispatchState.QUEUED, DispatchState.DEFERRED)]
_SHOWN = 6  # one by one; of more the first page says how many there are


def letter_tiles(user: User) -> list[Tile]:
    """Released letters of the cases that are open to the person; the ones that went wrong lead to their report."""
    if not can(user, Verb.CASE_READ):
        return []
    cases = Case.objects.open_to(user)
    waiting = Dispatch.objects.filter(case__in=cases, state__in=_ON_THE_WAY).count()
    found = [Tile("letters on their way" if waiting > 1 else "letter on its way", str(waiting))] if waiting else []
    return found + _all_wrong(for_a_person().filter(case__in=cases))


def _all_wrong(dispatches: QuerySet[Dispatch]) -> list[Tile]:
    total, shown = dispatches.count(), dispatches.select_related("case")[:_SHOWN]
    words = f"letters wait for somebody to look at them; these are the first {_SHOWN}"
    return [Tile(words, f"{total:,}")] * (total > _SHOWN) + [_wrong(one) for one in shown]


def _wrong(dispatch: Dispatch) -> Tile:
    words = f"{dispatch.case.number}, {dispatch.agency_name}: {dispatch.problem or 'look at what became of it'}"
    return Tile(words, url=f"/workspace/dispatch/{dispatch.pk}/", look="bad")
