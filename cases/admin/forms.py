"""The small forms of a case's page."""

from __future__ import annotations

from django import forms

from cases.enums import NexusAnswer
from cases.queries.colleagues import colleagues
from directory.geography import ISO_COUNTRIES
from directory.geography.countries import country_name

_ANSWERS = [
    ("", "As the screening says"),
    (NexusAnswer.YES.value, "Yes"),
    (NexusAnswer.LIKELY.value, "Likely"),
    (NexusAnswer.NO.value, "No"),
]


def _countries() -> list[tuple[str, str]]:
    return sorted(((code, country_name(code)) for code in ISO_COUNTRIES), key=lambda pair: pair[1])


def _colleagues() -> list[tuple[str, str]]:
    return [("", "Choose …"), *((str(user.pk), user.name) for user in colleagues())]


class SeenForm(forms.Form):
    """An answer that stands in the place of another: it carries the state of the case that the person saw."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)


class ConfirmForm(SeenForm):
    """A caseworker confirms what the screening calls likely."""

    reason = forms.CharField(label="Why you confirm it", max_length=2000)


class OverruleForm(SeenForm):
    """A caseworker's own answer."""

    answer = forms.ChoiceField(label="Link to Chinese offenders", choices=_ANSWERS, required=False)
    reason = forms.CharField(label="Why", max_length=2000, required=False)


class TiesForm(SeenForm):
    """The victim was asked about ties."""

    asked = forms.BooleanField(label="They were asked about nationality, family and asylum.")
    states = forms.MultipleChoiceField(
        label="States with a tie",
        choices=_countries,
        required=False,
        help_text="None chosen: there are none. Hold Ctrl or Cmd to choose several.",
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )


class ColleagueForm(forms.Form):
    """Somebody who works on cases here."""

    user = forms.ChoiceField(label="Colleague", choices=_colleagues)  # asked where it is shown or checked, not before


class PersonForm(forms.Form):
    """Somebody who works on the case now, or did until they left."""

    user = forms.UUIDField(widget=forms.HiddenInput)
