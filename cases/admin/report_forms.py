"""What a member says of a report: on an agency's page, on the case's page, and to correct it."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from cases.admin.facts_form import wording
from cases.enums import Channel, Origin, Outcome, ReportKind
from cases.models import Report

OUTCOMES = {
    Outcome.ACCEPTED: "Taken",
    Outcome.REFERRED: "Referred to somebody else",
    Outcome.REFUSED: "Refused",
    Outcome.NO_ANSWER: "No answer",
}
_CHANNELS = (Channel.WEB_FORM, Channel.IN_PERSON, Channel.PHONE, Channel.EMAIL, Channel.POST)


class Day(forms.DateField):
    """A day, today unless something else is said."""

    def __init__(self, label: str) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, initial=timezone.localdate, widget=widget)


class FiledForm(forms.Form):
    """It was reported there, by whatever way."""

    filed_on = Day("Reported on")
    channel = forms.ChoiceField(
        label="How",
        required=False,
        choices=[("", "Not known"), *((one.value, wording.CHANNELS[one]) for one in _CHANNELS)],
    )
    reference_number = forms.CharField(
        label="Report number", required=False, max_length=300, help_text="As they gave it; it may come later."
    )
    outcome = forms.ChoiceField(label="What they did", choices=[(o.value, text) for o, text in OUTCOMES.items()])
    outcome_reason = forms.CharField(label="Why, if they refused", required=False, max_length=2000)
    station = forms.CharField(label="Station or office", required=False, max_length=300)
    officer = forms.CharField(label="Officer", required=False, max_length=300)


class OtherAgencyForm(FiledForm):
    """A report to whoever is not in the plan, under a name."""

    agency_name = forms.CharField(label="Agency", max_length=300, help_text="Its name, as it calls itself.")
    agency_kind = forms.ChoiceField(
        label="Kind of agency",
        required=False,
        choices=[("", "Not known"), *((kind.value, wording.REPORT_KINDS[kind]) for kind in ReportKind)],
    )
    field_order = ("agency_name", "agency_kind")


class ReferenceForm(forms.Form):
    """The number of a report that our own letter made: all that can change of it."""

    reference_number = forms.CharField(
        label="Report number", required=False, max_length=300, help_text="As they gave it. Empty: they gave none."
    )


def form_of(report: Report) -> type[forms.Form]:
    """The form that corrects a report: what it has no field for stays."""
    if report.origin == Origin.LETTER:
        return ReferenceForm
    return FiledForm if report.agency_key else OtherAgencyForm
