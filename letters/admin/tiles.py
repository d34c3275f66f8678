"""What the first page says of letters: those that wait for a person."""

from __future__ import annotations

from accounts.admin.tiles import Tile
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import can
from cases.models import Case
from letters.enums import DispatchState
from letters.models import Dispatch

_ON_THE_WAY = [state.value for state in (DispatchState.HELD, DispatchState.QUEUED, DispatchState.DEFERRED)]
_FOR_A_PERSON = [DispatchState.FAILED.value, DispatchState.UNCERTAIN.value]


def letter_tiles(user: User) -> list[Tile]:
    """Released letters of the cases that are open to the person; the ones that went wrong lead to their report."""
    if not can(user, Verb.CASE_READ):
        return []
    dispatches = Dispatch.objects.filter(case__in=Case.objects.open_to(user))
    waiting = dispatches.filter(state__in=_ON_THE_WAY).count()
    found = [Tile("letters on their way" if waiting > 1 else "letter on its way", str(waiting))] if waiting else []
    return found + [_wrong(one) for one in dispatches.filter(state__in=_FOR_A_PERSON).select_related("case")[:6]]


def _wrong(dispatch: Dispatch) -> Tile:
    words = f"{dispatch.case.number}, {dispatch.agency_name}: {dispatch.problem or 'look at what became of it'}"
    return Tile(words, url=f"/workspace/letters/{dispatch.case_id}/{dispatch.agency_key}/", look="bad")
