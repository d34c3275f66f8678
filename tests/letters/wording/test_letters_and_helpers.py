"""Whole letters, the words that must stand in them, and the messages that say how to mend."""

import pytest

from letters import wording
from letters.wording import forbidden_in_letter, forbidden_words, mentions_word, says_crime, says_fraud


def passages(text: str, *allowed: str) -> list[str]:
    return [finding.text for finding in forbidden_in_letter(text, allowed=allowed)]


def test_a_letter_may_print_identifiers_that_contain_the_word() -> None:
    assert passages("App: Scam Buster Pro\nThe app took my money.", "Scam Buster Pro") == []


def test_a_letter_may_print_an_identifier_broken_over_lines() -> None:
    assert passages("handle: scam-\nbuster 77", "scam-buster 77") == []


def test_what_is_allowed_does_not_hide_the_word_elsewhere() -> None:
    assert passages("App: Scam Buster Pro. It was a scam.", "Scam Buster Pro") == ["scam"]


@pytest.mark.parametrize("fragment", ["cam", "s", "m", "", " ", "sca", "mer"])
def test_a_fragment_that_is_allowed_hides_nothing(fragment: str) -> None:
    assert passages("The scammer and his scam", fragment) == ["scammer", "scam"]


def test_an_allowed_name_inside_a_longer_word_hides_nothing() -> None:
    assert passages("scam-busters", "scam-buster") == ["scam"]


def test_the_longest_allowed_string_is_masked_first() -> None:
    assert passages("used the names Scam Buster and Scam Buster Scam Pro", "Scam Buster", "Scam Buster Scam Pro") == []


def test_the_word_itself_as_an_agency_name_hides_nothing() -> None:
    assert [finding.text for finding in forbidden_words("It was a scam.", ["Scam", "scams", "Scam."])] == ["scam"]


def test_without_the_callers_name_the_sentence_is_found() -> None:
    assert forbidden_words("The Example Scam Desk of Utopia wrote.")
    assert not forbidden_words("The Example Scam Desk of Utopia wrote.", {"Example Scam Desk of Utopia"})


def test_a_name_counts_as_a_part_of_the_directorys_longer_name() -> None:
    assert not forbidden_words("I called the Utopian Scam Office.", ["Bureau (Utopian Scam Office, USO)"])


@pytest.mark.parametrize("text", ["I report a CRIME.", "CRIME: FRAUD", "犯罪 (CRIME)", "report of CRIME\nand"])
def test_crime_in_capitals_is_said(text: str) -> None:
    assert says_crime(text)


@pytest.mark.parametrize("text", ["", "a crime", "Crime", "CRIMEA", "CRIMES", "CYBERCRIME"])
def test_crime_in_other_forms_is_not_said(text: str) -> None:
    assert not says_crime(text)


@pytest.mark.parametrize(("text", "said"), [("It is FRAUD.", True), ("fraud", False), ("DEFRAUD", False), ("", False)])
def test_fraud_is_said_in_capitals_only(text: str, said: bool) -> None:
    assert says_fraud(text) is said


def test_any_word_can_be_asked_for() -> None:
    assert mentions_word("DRAFT (page 1)", "DRAFT")
    assert not mentions_word("DRAFTS", "DRAFT")


def test_the_messages_say_how_to_mend_and_break_no_rule_themselves() -> None:
    messages = [getattr(wording, name) for name in wording.__all__ if name.endswith("_MENDING")]
    assert len(messages) == 5
    assert all(message.endswith(".") and not forbidden_words(message) for message in messages)
    assert "诈骗犯罪" in wording.FORBIDDEN_WORD_MENDING
    assert "犯罪分子" in wording.FORBIDDEN_WORD_MENDING
