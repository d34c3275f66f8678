"""The directory in the workspace: every member reads, curators change, and two of them change an address."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions.organizations import create_organization
from accounts.admin import lists
from accounts.models import AuditEntry, PlatformRole, User
from accounts.roles import PlatformDuty
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from directory.models import AddressProposal, Agency, ContactPoint
from tests.people import BJORN, DAVID

pytestmark = [pytest.mark.usefixtures("directory"), pytest.mark.django_db]
LIST = "/workspace/directory/agency/"
EMBASSY = f"{LIST}cn-embassy-us/"
SEEN = "https://us.china-embassy.gov.cn/"


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def carla_browser(carla: User) -> Client:
    PlatformRole.objects.create(user=carla, duty=PlatformDuty.CURATOR.value)
    return browser_of(carla)


@pytest.fixture
def dinesh_browser(dinesh: User) -> Client:
    PlatformRole.objects.create(user=dinesh, duty=PlatformDuty.CURATOR.value)
    return browser_of(dinesh)


@pytest.fixture
def member_browser() -> Client:
    """A caseworker, who reads the directory and changes nothing."""
    north = create_organization(slug="north", name="North", by=None)
    with organization(north.pk):
        return browser_of(BJORN.sign_up())


def mailbox() -> ContactPoint:
    return ContactPoint.objects.get(agency__key="cn-embassy-us", label="email")


def act(client: Client, act: str, **data: str) -> str:
    """Do something to the embassy's mailbox as the page's form does, and return the page that comes back."""
    data = {"seen": mailbox().value} | data
    answer = client.post(f"{EMBASSY}{mailbox().pk}/{act}/", data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a href="[^"]*/agency/([^/"]+)/"', page)


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{LIST}{query}")
    assert answer.status_code == 200
    return names(answer.content.decode())


@pytest.mark.parametrize("browser", ["carla_browser", "member_browser"])
def test_members_and_curators_read_the_list_and_an_agency(browser: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(browser)
    assert len(listed(client)) == 50
    page = client.get(EMBASSY).content.decode()
    assert mailbox().value in page
    assert "unverified" in page
    assert ("Propose" in page) == (browser == "carla_browser")


def test_whoever_is_no_member_is_sent_away(carla: User) -> None:
    for client in (Client(), browser_of(DAVID.sign_up()), browser_of(carla)):
        for address in (LIST, EMBASSY, f"{EMBASSY}{mailbox().pk}/verify/"):
            assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=cn-embassy-us", ["cn-embassy-us"]),
        ("?q=IC3", ["us-ic3"]),
        ("?kind=mission&q=Swaziland", []),
    ],
)
def test_the_list_is_searched_by_key_and_name(carla_browser: Client, query: str, expected: list[str]) -> None:
    assert listed(carla_browser, query) == expected


@pytest.mark.parametrize("term", ["GH", "gh", "Ghana", "ghana"])
def test_a_country_finds_its_agencies_and_the_missions_there(carla_browser: Client, term: str) -> None:
    found = listed(carla_browser, f"?q={term}")
    assert "cn-embassy-gh" in found
    assert any(key.startswith("gh-") for key in found)


def test_filters_leave_what_they_say(carla_browser: Client) -> None:
    assert set(listed(carla_browser, "?kind=police")) == set(
        Agency.objects.filter(kind="police").values_list("key", flat=True)
    )
    latin = set(listed(carla_browser, "?region=Latin+America"))
    assert "cn-embassy-br" in latin
    assert "cn-embassy-us" not in latin


def test_a_curator_finds_what_waits(carla_browser: Client, carla: User) -> None:
    assert listed(carla_browser, "?work=approve") == []
    AddressProposal.objects.create(
        contact_point=mailbox(), old_value=mailbox().value, new_value="n@example.org", source="seen", proposed_by=carla
    )
    assert listed(carla_browser, "?work=approve") == ["cn-embassy-us"]
    act(carla_browser, "close")
    assert listed(carla_browser, "?work=replace") == ["cn-embassy-us"]


@pytest.mark.parametrize("query", ["?p=99", "?p=0"])
def test_a_page_that_does_not_exist_is_not_found(carla_browser: Client, query: str) -> None:
    assert carla_browser.get(f"{LIST}{query}").status_code == 404


@pytest.mark.parametrize("query", ["?note__startswith=a", "?contact_points__value=x", "?kind__in=police"])
def test_only_what_is_offered_can_be_asked(carla_browser: Client, query: str) -> None:
    assert carla_browser.get(f"{LIST}{query}").status_code == 400


def test_an_empty_list_says_what_to_do_next(carla_browser: Client) -> None:
    page = carla_browser.get(f"{LIST}?q=zzzzz").content.decode()
    assert "Nothing matches" in page
    assert "<table" not in page


def test_a_list_is_never_counted_beyond_its_cap(carla_browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "CAP", 100)
    page = carla_browser.get(LIST).content.decode()
    assert "More than 100" in page
    assert carla_browser.get(f"{LIST}?p=2").status_code == 200
    assert carla_browser.get(f"{LIST}?p=3").status_code == 404


def test_one_row_and_five_cost_the_same_number_of_queries(carla_browser: Client) -> None:
    carla_browser.get(LIST)  # the first page also records the new session
    costs = []
    for query, rows in (("?q=cn-embassy-us", 1), ("?q=cn-embassy-u", 5)):
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(carla_browser, query)) == rows
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_every_cell_is_labelled_for_narrow_screens(carla_browser: Client) -> None:
    page = carla_browser.get(f"{LIST}?q=cn-embassy-us").content.decode()
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    assert re.findall(r'data-label="([^"]+)"', body) == ["Agency", "Kind", "Country", "Reached by", "Verified"]


@pytest.mark.parametrize("rest", ["add/", "cn-embassy-us/change/", "cn-embassy-us/delete/", "cn-embassy-us/history/"])
def test_the_engines_own_forms_have_no_address(carla_browser: Client, rest: str) -> None:
    assert carla_browser.get(f"{LIST}{rest}").status_code == 404
    assert carla_browser.post(f"{LIST}{rest}", {"post": "yes"}).status_code in {404, 405}
    assert Agency.objects.filter(key="cn-embassy-us").exists()
    assert carla_browser.get("/workspace/directory/").status_code == 404


def test_a_curator_verifies_with_a_source(carla_browser: Client, carla: User) -> None:
    assert "Verified" in act(carla_browser, "verify", source=SEEN)
    contact = mailbox()
    assert (contact.verified_by, contact.verified_source) == (carla.email, SEEN)
    with organization(PLATFORM_ORGANIZATION_ID):
        assert AuditEntry.objects.filter(verb="contact.verify", actor_id=carla.pk).exists()


def test_without_a_source_nothing_is_verified(carla_browser: Client) -> None:
    for source in ("", "  "):
        assert "Nothing was changed" in act(carla_browser, "verify", source=source)
    assert not mailbox().is_verified


def test_what_changed_since_the_page_was_opened_is_not_verified(carla_browser: Client) -> None:
    for name in ("verify", "close", "propose"):
        page = act(carla_browser, name, seen="old@example.org", source=SEEN, value="new@example.org")
        assert "has changed since you opened the page" in page
    assert (mailbox().is_verified, mailbox().is_closed) == (False, False)
    assert not AddressProposal.objects.exists()


def test_a_curator_closes(carla_browser: Client) -> None:
    assert "No letter goes there" in act(carla_browser, "close")
    assert mailbox().is_closed


def test_an_address_is_changed_by_two_people(
    carla_browser: Client, dinesh_browser: Client, member_browser: Client
) -> None:
    before = mailbox().value
    page = act(carla_browser, "propose", value="new@example.org", source=SEEN)
    assert "waits for another curator" in page
    assert mailbox().value == before
    address = f"{EMBASSY}proposals/{AddressProposal.objects.get().pk}/"
    assert "another person than the proposer" in carla_browser.post(address, follow=True).content.decode()
    assert member_browser.post(address).status_code == 403
    assert mailbox().value == before
    assert "Approve this address" in dinesh_browser.get(EMBASSY).content.decode()
    assert "unverified until" in dinesh_browser.post(address, follow=True).content.decode()
    assert mailbox().value == "new@example.org"


@pytest.mark.parametrize("value", ["", "no mailbox", "a@example.org\nBcc: b@example.org", "a\x00b@example.org"])
def test_a_proposal_is_a_mailbox(carla_browser: Client, value: str) -> None:
    assert "Nothing was changed" in act(carla_browser, "propose", value=value, source=SEEN)
    assert not AddressProposal.objects.exists()


def test_an_agency_never_gets_the_same_address_twice(carla_browser: Client, dinesh_browser: Client) -> None:
    other = ContactPoint.objects.create(
        agency=mailbox().agency, label="other", channel="email", purpose="general", value="two@example.org",
        source="seen", source_confidence="low",
    )  # fmt: skip
    assert "has this address already" in act(carla_browser, "propose", value=other.value, source=SEEN)
    other.delete()
    act(carla_browser, "propose", value="two@example.org", source=SEEN)
    other.save(force_insert=True)
    address = f"{EMBASSY}proposals/{AddressProposal.objects.get().pk}/"
    assert "has this address already" in dinesh_browser.post(address, follow=True).content.decode()


@pytest.mark.parametrize("name", ["verify", "close", "propose"])
def test_members_change_nothing(member_browser: Client, name: str) -> None:
    before = ContactPoint.objects.values().get(pk=mailbox().pk)
    data = {"seen": mailbox().value, "source": SEEN, "value": "new@example.org"}
    assert member_browser.post(f"{EMBASSY}{mailbox().pk}/{name}/", data).status_code == 403
    assert ContactPoint.objects.values().get(pk=mailbox().pk) == before
    assert not AddressProposal.objects.exists()


def test_a_look_changes_nothing_and_what_does_not_exist_is_not_found(carla_browser: Client) -> None:
    assert carla_browser.get(f"{EMBASSY}{mailbox().pk}/close/").status_code == 405
    elsewhere = f"{LIST}cn-embassy-gh/{mailbox().pk}/close/"
    for address in (elsewhere, f"{EMBASSY}{mailbox().pk}/open/"):
        assert carla_browser.post(address, {"seen": mailbox().value}).status_code == 404
    assert carla_browser.get(f"{LIST}no-such-agency/").status_code == 404
    assert not mailbox().is_closed


def test_the_forms_ask_for_their_token(carla_browser: Client, carla: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(carla)
    assert client.post(f"{EMBASSY}{mailbox().pk}/close/", {"seen": mailbox().value}).status_code == 403
    assert not mailbox().is_closed


def test_the_directory_stands_in_the_navigation(carla_browser: Client) -> None:
    address = reverse("workspace:directory_agency_changelist")
    assert f'href="{address}" aria-current="page"' in carla_browser.get(address).content.decode()
