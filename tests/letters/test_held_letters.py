"""The letters of a person who is held: each can be sealed, goes to the agency's own mailbox, and names no place."""

from __future__ import annotations

import io
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pikepdf
import pytest

from accounts import vault
from cases.case_file import CaseFile
from cases.plan import build_plan
from directory.queries import agency_names
from letters import sealing
from letters.actions.ask_letters import ask_letter
from letters.enums import LetterState
from letters.models import Letter
from letters.sealing import make_letter
from letters.standing import Standing, standings
from tests.desk import TODAY, Desk, change_contacts
from tests.intakes import held


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty page in the place of the printed one, and no signature under it."""
    page = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(page)
    monkeypatch.setattr(sealing, "render_pdf", lambda *_arguments, **_options: page.getvalue())
    monkeypatch.setattr(sealing, "sign_pdf", lambda pdf, **_options: pdf)


def rows(desk: Desk, nationality: str, held_in: str) -> tuple[CaseFile, dict[str, Standing]]:
    """Every report of somebody of that nationality who is held there, as a supervisor seals it."""
    document = held(victim__nationalities=[nationality], triage__held_in=held_in or None)
    file = desk.file(document)
    found = standings(file, build_plan(file), desk.organization, proper_names=agency_names(), today=TODAY)
    with_facts = [(one, one.facts) for one in found if one.facts]
    assert with_facts
    return file, {one.row.key: replace(one, facts=replace(facts, draft=False)) for one, facts in with_facts}


def seal(file: CaseFile, standing: Standing) -> Letter:
    asked = ask_letter(file, standing, by=None, today=TODAY)
    assert asked
    return make_letter(asked.pk)


@pytest.mark.parametrize(
    ("nationality", "held_in", "place", "mailed"),
    [
        ("CN", "TH", "Thai", ["cn-embassy-th"]),
        ("CN", "MM", "Myanmar", ["cn-embassy-mm"]),
        ("KE", "BE", "Belg", ["be-safeonweb"]),
        ("CN", "GB", "Kingdom", []),
        ("KE", "KH", "Cambodia", []),
        ("KE", "", "Cambodia", []),
    ],
)
def test_every_letter_of_a_held_person_is_sealed_and_its_mail_goes_to_the_agency(
    desk: Desk, nationality: str, held_in: str, place: str, mailed: list[str]
) -> None:
    file, found = rows(desk, nationality, held_in)
    letters = {key: seal(file, standing) for key, standing in found.items()}
    assert {(key, one.state, one.failure) for key, one in letters.items()} == {(key, "sealed", "") for key in found}
    assert [key for key, one in letters.items() if one.mail_sha256] == mailed
    for key in mailed:
        mail = message_from_bytes(vault.read(letters[key].mail_sha256), policy=default)
        assert mail["To"] == found[key].row.to
        body = mail.get_body(("plain",))
        assert body
        text = f"{mail['Subject']} {body.get_content()}"
        assert "Joseph Mwangi Sample" in text
        assert place not in text
        assert found[key].row.to not in text


def test_another_mailbox_makes_another_letter_although_the_text_is_the_same(desk: Desk) -> None:
    file, found = rows(desk, "CN", "TH")
    first = seal(file, found["cn-embassy-th"])
    assert seal(file, found["cn-embassy-th"]).pk == first.pk
    change_contacts("cn-embassy-th", value="consul@other.example")
    file, found = rows(desk, "CN", "TH")
    second = seal(file, found["cn-embassy-th"])
    assert second.facts_sha256 == first.facts_sha256
    assert (second.recipient_to, second.pk == first.pk) == ("consul@other.example", False)


@pytest.mark.parametrize("address", ["", "two@agency.example, other@agency.example"])
def test_what_is_no_address_is_told_and_nothing_is_sealed(desk: Desk, address: str) -> None:
    file, found = rows(desk, "CN", "TH")
    asked = ask_letter(file, found["cn-embassy-th"], by=None, today=TODAY)
    assert asked
    Letter.objects.filter(pk=asked.pk).update(recipient_to=address)
    made = make_letter(asked.pk)
    assert made.state == LetterState.FAILED
    assert "not exactly one e-mail address" in made.failure
    assert (made.document_sha256, made.mail_sha256, made.sealed_at) == ("", "", None)
    assert "agency.example" not in made.failure
