"""HTML, CSS and template marks are text like any other: printed, never executed, and nothing is fetched."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.intakes import Document, changed, chinese, consent
from tests.letters.test_produce_reports import mail_of, produce


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that nobody should ever connect to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        yield server


def hostile(mark: str, url: str, secret: Path) -> str:
    style = f"@import url({url});*{{background:url({secret.as_uri()})}}"
    return f'{mark}<img src="{url}"><style>{style}</style>{{{{ 7|add:7 }}}}'


def everywhere(text: str) -> Document:
    """A case with the text in every free text field that a report prints."""
    transfer = {
        "amount": "5",
        "currency": "USD",
        "mechanism": "other",
        "from_institution": text,
        "to_institution": text,
        "from_account": text,
        "to_account": text,
        "to_name": text,
        "reference": text,
        "tag": text[:100],
        "institution_informed": {"on": "2026-01-02", "outcome": text, "reference": text[:100]},
    }
    return chinese(
        consents=[consent("cn-embassy-us")],
        victim__address__street=text,
        fraud__impact={"emotional": text, "financial": text, "in_english": {"emotional": text, "translated_by": text}},
        fraud__timeline=[{"on": "2026-01-01", "fact": text}],
        fraud__first_contact={"service": text[:100]},
        identifiers=[{"kind": "other", "value": text, "service": text[:100], "note": text}],
        transfers=[transfer],
        reports=[{"agency": text, "filed_on": "2026-01-02", "station": text, "outcome_reason": text}],
        evidence=[{"path": "evidence/withdrawals.csv", "description": text}],
    )  # fmt: skip


def test_markup_in_every_field_is_printed_and_touches_neither_file_nor_network(
    desk: Desk, tmp_path: Path, listener: socket.socket
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET-CONTENT")
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    text = hostile("MARK", url, secret)[:200]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/withdrawals.csv").write_text("date,amount")
    run = produce(everywhere(text), tmp_path / "out")
    assert run.reports["cn-embassy-us"]["status"] == "ready", run.reports["cn-embassy-us"]["problems"]
    printed = "".join(run.text("cn-embassy-us/report.pdf").split())
    assert printed.count("".join(text.split())) >= 8
    assert "TOP-SECRET-CONTENT" not in printed
    assert mail_of(run, "cn-embassy-us").get_body(("plain",)).get_content().count(text) >= 8  # type: ignore[union-attr]
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.parametrize("name", ["{{ facts }}", "{% include 'x' %}", "</title><script>alert(1)</script>", "a; b: c"])
def test_markup_in_the_victims_name_is_a_name(desk: Desk, tmp_path: Path, name: str) -> None:
    document = changed(chinese(), victim__full_name=name, consents=[consent("cn-embassy-us", signed_as=name)])
    run = produce(document, tmp_path / "out")
    assert name in mail_of(run, "cn-embassy-us").get_body(("plain",)).get_content()  # type: ignore[union-attr]
