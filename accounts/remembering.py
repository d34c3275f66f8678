"""What stays the same while one page is read is asked once; whatever changes something asks anew each time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers_of_one_page", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember answers inside, and forget them at the end: for one request that only reads."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once(question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question: the remembered one inside `remembering`, a new one everywhere else."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    answer: T = answers[question]
    return answer
