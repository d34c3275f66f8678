"""The sections of the form and their fields, each named by its path in the intake document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django import forms

from cases.admin.facts_form import wording
from cases.admin.facts_form.fields import (
    Answer,
    Countries,
    Country,
    Currency,
    Flag,
    YesNo,
    choice,
    code,
    day,
    exact,
    prose,
    text,
)
from cases.admin.facts_form.files import WHAT_IS_TAKEN, Files
from cases.enums import FraudKind

Fields = dict[str, forms.Field]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: fields, then those that are seldom needed, then a list of rows."""

    key: str
    title: str
    hint: str
    fields: Fields
    more: str = ""
    more_fields: tuple[str, ...] = ()
    rows: str = ""


_VICTIM: Fields = {
    "victim.full_name": text("Full name", autocomplete="off"),
    "victim.address.country": Country("Country of residence", "Decides who hears of it first."),
    "victim.email": code("E-mail", inputmode="email"),
    "victim.phone": exact("Phone", inputmode="tel"),
    "victim.language": code("Language", "Its tag, such as en or zh-Hans.", words="language-tags"),
    "victim.date_of_birth": day("Date of birth"),
    "victim.address.street": text("Street"),
    "victim.address.city": text("City"),
    "victim.address.region": text("State or province"),
    "victim.address.postal_code": exact("Postal code"),
    "victim.nationalities": Countries(
        "Nationalities", "Between commas. To find their own embassy, and to keep them safe."
    ),
}
_SAFETY: Fields = {
    "victim.safe_contact.email_is_safe": Flag("The e-mail is safe to use", initial=True),
    "victim.safe_contact.phone_is_safe": Flag("The phone is safe to use", initial=True),
    "safety.do_not_contact_victim": Flag("Do not contact the victim"),
    "safety.do_not_reveal_location": Flag("Do not reveal where the victim is"),
    "safety.life_at_risk": Flag("A life is at risk"),
    "safety.self_harm_risk": Flag("The victim may harm themselves"),
    "safety.legal_advice_first": Flag(
        "Legal advice first", "They moved other people's money, or were made to defraud."
    ),
    "safety.no_dispatch_without_supervisor": Flag("Nothing goes out without a supervisor"),
    "victim.safe_contact.note": text("How to reach them safely", "For example: after six, never by text.", size="60"),
    "safety.ties_to": Answer(
        "States with which the victim has ties: nationality, family, or asylum from it. Was this asked?",
        "Which states",
        "Never printed. Until it was asked, nothing goes to an agency of a foreign state.",
    ),
}
_REPORTER: Fields = {
    "reporter.full_name": text("Full name", autocomplete="off"),
    "reporter.relation": text("Relation to the victim", "For example: sister, guardian, attorney."),
    "reporter.email": code("E-mail", inputmode="email"),
    "reporter.phone": exact("Phone", inputmode="tel"),
    "reporter.country": Country("Country"),
}
_FRAUD: Fields = {
    "fraud.kind": choice("Kind of fraud", FraudKind, wording.FRAUD_KINDS),
    "fraud.started_on": day("Started on"),
    "fraud.discovered_on": day("Discovered on"),
    "fraud.first_contact.on": day("First contact on"),
    "fraud.first_contact.service": text("First contact through", "A dating site, WeChat, a text message …"),
    "fraud.stated_loss.amount": code("Loss in all, as the victim says", inputmode="decimal"),
    "fraud.stated_loss.currency": Currency("Currency"),
    "fraud.impact.emotional": prose("What it did to them", "In the victim's own words, in their own language."),
    "fraud.impact.financial": prose("What it cost them", "In the victim's own words, in their own language."),
    "fraud.impact.in_english.emotional": prose("What it did to them, in English"),
    "fraud.impact.in_english.financial": prose("What it cost them, in English"),
    "fraud.impact.in_english.translated_by": text("Translated by"),
}
_SCREENING: Fields = {
    "triage.money_sent_to": Answer("Countries that money went to. Was this asked?", "Which countries"),
    "triage.chinese_named_recipient_in": Answer(
        "Countries in which a recipient with a Chinese name received money. Was this asked?", "Which countries"
    ),
    "triage.offender_spoke": Answer(
        "Languages that the offenders spoke. Was this asked?", "Which languages", languages=True
    ),
    "triage.offender_had_chinese_name": YesNo("Did an offender use a Chinese name?"),
    "triage.held_in": Country("Country in which the person is held", "Only where somebody is held. Never printed."),
}

FACTS: tuple[Section, ...] = (
    Section("victim", "Victim", "", _VICTIM),
    Section("safety", "Safe contact and safety", "What is not safe is never printed and never used.", _SAFETY),
    Section(
        "reporter",
        "Who speaks for the victim",
        "Only where the victim does not speak for themselves. Leave it empty otherwise.",
        _REPORTER,
    ),
    Section(
        "fraud",
        "What happened",
        "",
        _FRAUD,
        "In English, where their words are in another language",
        tuple(name for name in _FRAUD if ".in_english." in name),
    ),
    Section(
        "screening",
        "Screening",
        "Ask about the offenders and the money. A question that was not asked stays open; it never counts as no.",
        _SCREENING,
    ),
    Section(
        "identifiers",
        "Identifiers",
        "What points to the offenders. For a profile its link: a name alone finds nobody.",
        {},
        rows="identifiers",
    ),
    Section("transfers", "Payments", "Each payment on its own, also money that came back.", {}, rows="transfers"),
    Section(
        "timeline",
        "Chronology",
        "Hard facts with their day, no dialogue: nobody needs to tell what was said.",
        {},
        rows="fraud.timeline",
    ),
)
# What only a new case brings: later each has a door of its own on the case's page.
_OUR_NUMBER: Fields = {
    "external_id": code("Your own number for the case", "If you have one: then nobody enters the case twice.")
}
_EVIDENCE: Fields = {
    "evidence": Files("Files", WHAT_IS_TAKEN),
    "evidence.description": text("What they show", size="60"),
}
NEW_CASE: tuple[Section, ...] = (
    replace(FACTS[0], fields=_VICTIM | _OUR_NUMBER),
    *FACTS[1:],
    Section(
        "reports",
        "Earlier reports",
        "To the police, a bank, a national desk: also where they refused.",
        {},
        rows="reports",
    ),
    Section("evidence", "Evidence", "More can be added on the page of the case.", _EVIDENCE),
)
