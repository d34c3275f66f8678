"""A page that only reads asks once what a person is; the next page asks anew, and so does every act."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership, User
from accounts.remembering import once, remembering
from accounts.roles import Role
from tests.letters.outbox.counter import Counter, document
from tests.workspace.conftest import SignedIn

ASKED = 'SELECT "accounts_membership"."role"'


def test_a_page_asks_once_what_the_person_is(counter: Counter, signed_in: SignedIn) -> None:
    page = reverse("workspace:cases_case_change", args=[counter.case(document()).pk])
    client = signed_in(counter.director)
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    assert [query["sql"].startswith(ASKED) for query in queries].count(True) == 1
    assert len(queries) <= 50


def test_the_next_page_sees_a_role_that_was_changed(counter: Counter, signed_in: SignedIn) -> None:
    page = reverse("workspace:cases_case_change", args=[counter.case(document()).pk])
    client = signed_in(counter.caseworker)
    assert client.get(page).status_code == 200
    Membership.objects.filter(user=counter.caseworker).update(role=Role.ANALYST)
    assert client.get(page).status_code == 404


def test_an_act_asks_anew(counter: Counter, signed_in: SignedIn) -> None:
    case = counter.case(document())
    with CaptureQueriesContext(connection) as queries:
        signed_in(counter.caseworker).post(
            reverse("workspace:cases_case_act", args=[case.pk, "ties"]),
            {"ties-asked": "on", "ties-seen": case.updated_at.isoformat()},
        )
    assert [query["sql"].startswith(ASKED) for query in queries].count(True) > 1


def test_one_persons_roles_are_not_anothers(counter: Counter) -> None:
    stranger = User.objects.create_user("stranger@example.org", name="Stranger")
    with remembering():
        assert counter.caseworker.roles() == [Role.CASEWORKER]
        assert stranger.roles() == []


def test_what_was_remembered_is_forgotten_at_the_end() -> None:
    answers = iter(range(9))
    with remembering():
        assert [once("how many", lambda: next(answers)) for _ in range(3)] == [0, 0, 0]
    assert once("how many", lambda: next(answers)) == 1
    with remembering():
        assert once("how many", lambda: next(answers)) == 2
