"""Screening (PROCESS.md, step 1): yes, likely, no or unknown, always with reasons."""

from dataclasses import replace
from typing import Any

import pytest

from cases.enums import NexusAnswer
from cases.triage import Answers, NexusRule, overruled, screen
from directory.playbooks import china_playbook

NOTHING_ASKED = Answers(fraud_kind="romance")
ALL_NEGATIVE = Answers(
    fraud_kind="romance", money_sent_to=("GH", "US"), offender_spoke=("en",), offender_had_chinese_name=False
)


@pytest.fixture(scope="module")
def rule() -> NexusRule:
    playbook = china_playbook()
    return NexusRule(
        country=playbook.sending_country,
        territories=playbook.territories,
        recipient_countries=playbook.named_recipient_in,
        languages=playbook.languages,
        likely_kinds=playbook.likely_kinds,
    )


@pytest.mark.parametrize("place", ["CN", "HK", "MO"])
def test_money_to_china_hong_kong_or_macau_is_yes(rule: NexusRule, place: str) -> None:
    assert screen(replace(ALL_NEGATIVE, money_sent_to=("US", place)), rule).answer == NexusAnswer.YES
    assert screen(replace(NOTHING_ASKED, transfer_countries=(place,)), rule).answer == NexusAnswer.YES


@pytest.mark.parametrize("place", ["TW", "SG", "KH", "US", "AE"])
def test_money_to_any_other_place_is_no_answer_by_itself(rule: NexusRule, place: str) -> None:
    assert screen(replace(NOTHING_ASKED, money_sent_to=(place,)), rule).answer == NexusAnswer.UNKNOWN


@pytest.mark.parametrize("place", ["KH", "TH", "ID", "MY", "LA", "BT", "MM", "MN"])
def test_a_chinese_named_recipient_paid_in_the_listed_countries_is_yes(rule: NexusRule, place: str) -> None:
    assert screen(replace(ALL_NEGATIVE, chinese_named_recipient_in=(place,)), rule).answer == NexusAnswer.YES


def test_a_chinese_named_recipient_elsewhere_is_neither_yes_nor_no(rule: NexusRule) -> None:
    assert screen(replace(ALL_NEGATIVE, chinese_named_recipient_in=("US",)), rule).answer == NexusAnswer.UNKNOWN


@pytest.mark.parametrize("tag", ["zh", "zh-Hans", "ZH-hant-TW", "zh_CN", "cmn", "yue-HK", "nan", "hak", "wuu"])
def test_offenders_who_spoke_chinese_are_yes(rule: NexusRule, tag: str) -> None:
    assert screen(replace(NOTHING_ASKED, offender_spoke=("en", tag)), rule).answer == NexusAnswer.YES


@pytest.mark.parametrize("tag", ["en", "ja", "ko", "zha", "zu", "bo", "und-Hans", "yu"])
def test_other_languages_are_not_chinese(rule: NexusRule, tag: str) -> None:
    assert screen(replace(ALL_NEGATIVE, offender_spoke=(tag,)), rule).answer == NexusAnswer.NO


def test_a_chinese_name_of_the_offenders_is_yes(rule: NexusRule) -> None:
    assert screen(replace(NOTHING_ASKED, offender_had_chinese_name=True), rule).answer == NexusAnswer.YES


def test_no_needs_all_three_questions_answered_with_nothing_pointing_to_china(rule: NexusRule) -> None:
    assert screen(ALL_NEGATIVE, rule).answer == NexusAnswer.NO


@pytest.mark.parametrize("question", ["money_sent_to", "offender_spoke", "offender_had_chinese_name"])
def test_a_missing_answer_is_never_read_as_no(rule: NexusRule, question: str) -> None:
    unanswered: dict[str, Any] = {question: None}
    nexus = screen(replace(ALL_NEGATIVE, **unanswered), rule)
    assert nexus.answer == NexusAnswer.UNKNOWN
    assert "Still to ask" in nexus.reasons[0]


def test_investment_fraud_through_a_website_is_likely_once_any_question_was_answered(rule: NexusRule) -> None:
    asked = replace(NOTHING_ASKED, fraud_kind="investment", website_or_app=True, offender_spoke=("en",))
    assert screen(asked, rule).answer == NexusAnswer.LIKELY
    assert screen(replace(asked, offender_spoke=None), rule).answer == NexusAnswer.UNKNOWN
    assert screen(replace(asked, website_or_app=False), rule).answer == NexusAnswer.UNKNOWN


def test_impersonation_is_likely_once_any_question_was_answered(rule: NexusRule) -> None:
    asked = replace(NOTHING_ASKED, fraud_kind="impersonation", offender_had_chinese_name=False)
    assert screen(asked, rule).answer == NexusAnswer.LIKELY
    assert screen(replace(asked, offender_had_chinese_name=None), rule).answer == NexusAnswer.UNKNOWN


@pytest.mark.parametrize("kind", ["romance", "employment", "purchase", "loan", "extortion", "recovery", "other"])
def test_other_kinds_of_fraud_are_never_likely(rule: NexusRule, kind: str) -> None:
    asked = replace(NOTHING_ASKED, fraud_kind=kind, website_or_app=True, offender_spoke=("en",))
    assert screen(asked, rule).answer == NexusAnswer.UNKNOWN


def test_a_hint_is_told_and_answers_nothing(rule: NexusRule) -> None:
    hint = "A WeChat account was used."
    nexus = screen(replace(ALL_NEGATIVE, hints=(hint,)), rule)
    assert nexus.answer == NexusAnswer.NO
    assert hint in nexus.reasons


def test_a_caseworker_can_overrule_with_their_own_reason(rule: NexusRule) -> None:
    nexus = overruled(screen(ALL_NEGATIVE, rule), NexusAnswer.YES, "the bank traced the money to Shenzhen")
    assert nexus.answer == NexusAnswer.YES
    assert "the bank traced the money to Shenzhen" in nexus.reasons[0]
    assert "says no" in nexus.reasons[1]


def test_every_answer_carries_a_reason(rule: NexusRule) -> None:
    for answers in (NOTHING_ASKED, ALL_NEGATIVE, replace(ALL_NEGATIVE, offender_had_chinese_name=True)):
        assert screen(answers, rule).reasons
