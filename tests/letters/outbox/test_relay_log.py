"""The relay's log says that it never had a letter only where it was being written when the letter went."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from letters.delivery import log_stamps
from letters.delivery.log_stamps import span_of
from letters.delivery.relay_log import Found, PostfixLog

# The relay logs in a zone of its own, and the last dot was twenty minutes ago.
ZONE = timezone(timedelta(hours=5, minutes=30))
DOT = datetime.now(UTC).replace(microsecond=500_000) - timedelta(minutes=20)
MINUTE = timedelta(minutes=1)
NAMED, QUEUED = "cleanup[7]: 4F1: message-id=<a@x>", "qmgr[8]: 4F1: from=<r@n>, size=9, nrcpt=1 (queue active)"
OTHER = "smtpd[9]: connect from localhost"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("letters.delivery.relay_log.machine_zone", lambda: ZONE)
    return tmp_path / "mail.log"


def rfc_3339(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat(timespec="microseconds")


def traditional(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%b %e %H:%M:%S}"


def write(path: Path, *lines: tuple[datetime, str], stamp: object = rfc_3339) -> None:
    """Write a log as the relay does: the file is as old as its last line."""
    assert callable(stamp)
    path.write_text("".join(f"{stamp(at)} mx postfix/{words}\n" for at, words in lines))
    os.utime(path, times=(lines[-1][0].timestamp(),) * 2)


def found(log: Path) -> Found:
    return PostfixLog(log).find("<a@x>", sent_at=DOT)


@pytest.mark.parametrize("stamp", [rfc_3339, traditional])
def test_what_was_queued_whole_is_found_and_what_was_not_is_absent(log: Path, stamp: object) -> None:
    before, after = (DOT - MINUTE, OTHER), (DOT + MINUTE, OTHER)
    write(log, before, (DOT, NAMED), after, stamp=stamp)
    assert found(log) == Found.ABSENT, "named, but never queued"
    write(log, before, (DOT, NAMED), (DOT, QUEUED), after, stamp=stamp)
    assert found(log) == Found.ACCEPTED
    assert PostfixLog(log).find("<aa@x>", sent_at=DOT) == Found.ABSENT


def test_a_log_of_the_day_before_may_have_it(log: Path) -> None:
    write(log.with_name("mail.log.1"), (DOT, NAMED), (DOT, QUEUED))
    write(log, (DOT + MINUTE, OTHER))
    assert found(log) == Found.ACCEPTED


@pytest.mark.parametrize("stamp", [rfc_3339, traditional])
@pytest.mark.parametrize(
    "minutes", [(1, 2), (-2, -1), (-60, 1), (-1, 19.9), ()], ids=["late", "early", "gap before", "gap after", "empty"]
)
def test_a_log_that_was_not_being_written_at_the_dot_proves_nothing(
    log: Path, stamp: object, minutes: tuple[float, ...]
) -> None:
    log.touch()
    if minutes:
        write(log, *((DOT + each * MINUTE, OTHER) for each in minutes), stamp=stamp)
    assert found(log) == Found.UNKNOWN


def test_nor_do_two_logs_with_a_third_one_missing_between(log: Path) -> None:
    write(log.with_name("mail.log.1"), (DOT - 2 * MINUTE, OTHER), (DOT - MINUTE, OTHER))
    write(log, (DOT + MINUTE, OTHER))
    assert found(log) == Found.UNKNOWN


def test_no_log_at_all_and_one_of_the_day_before_yesterday_prove_nothing(log: Path) -> None:
    assert found(log) == Found.UNKNOWN
    days_ago = DOT - timedelta(days=2)
    write(log, (days_ago - MINUTE, OTHER), (days_ago + MINUTE, OTHER))
    assert PostfixLog(log).find("<a@x>", sent_at=days_ago) == Found.UNKNOWN


@pytest.mark.parametrize(
    "stamp", [lambda at: f"{at:%A}", lambda at: at.isoformat()[:19], lambda at: f"Nov 31 {at:%H:%M:%S}"]
)
def test_stamps_that_cannot_be_read_prove_nothing(log: Path, stamp: object) -> None:
    write(log, (DOT - MINUTE, OTHER), (DOT + MINUTE, OTHER), stamp=stamp)
    assert found(log) == Found.UNKNOWN


def test_a_log_of_another_zone_or_clock_proves_nothing(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(log, (DOT - MINUTE, OTHER), (DOT + MINUTE, OTHER), stamp=traditional)
    monkeypatch.setattr("letters.delivery.relay_log.machine_zone", lambda: timezone(timedelta(hours=5, minutes=35)))
    assert found(log) == Found.UNKNOWN


def test_a_relay_that_started_since_may_have_lost_what_it_logged(log: Path) -> None:
    started = "master[1]: daemon started -- version 3.7.11"
    write(log, (DOT - MINUTE, started), (DOT + MINUTE, OTHER))
    assert found(log) == Found.ABSENT
    write(log, (DOT - MINUTE, OTHER), (DOT + MINUTE, started))
    assert found(log) == Found.UNKNOWN


def test_a_stamp_means_every_instant_that_it_can_mean() -> None:
    now, berlin = datetime(2027, 1, 2, tzinfo=UTC), ZoneInfo("Europe/Berlin")
    hour = timedelta(hours=1)
    first, last = span_of("Oct 31 02:30:00 mx postfix/", zone=berlin, now=now) or (now, now)
    assert (first, last - first) == (datetime(2026, 10, 31, 1, 30, tzinfo=UTC), timedelta(seconds=1))
    twice = span_of("Oct 25 02:30:00 mx postfix/", zone=berlin, now=now) or (now, now)
    assert twice[1] - twice[0] == hour + timedelta(seconds=1)
    newest = span_of("Jan  2 00:00:00 mx postfix/", zone=berlin, now=now) or (now, now)
    assert newest[0] == now - hour
    assert span_of("Feb 29 00:00:00 mx postfix/", zone=UTC, now=now) is None, "neither 2027 nor 2026 has that day"


def test_the_zone_is_the_machines_and_not_the_processs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_stamps, "_LOCALTIME", tmp_path / "none")
    assert log_stamps.machine_zone() == UTC
    monkeypatch.setattr(log_stamps, "_LOCALTIME", Path("/usr/share/zoneinfo/Asia/Bangkok"))
    assert datetime(2026, 1, 1, tzinfo=log_stamps.machine_zone()).utcoffset() == timedelta(hours=7)
