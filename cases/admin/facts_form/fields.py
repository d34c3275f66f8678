"""Kinds of fields. None refuses what was typed: the intake does, with the words that a file would get."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django import forms
from typing_extensions import override

from cases.admin.facts_form.names import code_of, codes_of, language_name, language_tag, name_of
from cases.admin.facts_form.widgets import Choice, Line

_PLAIN = {"dir": "ltr", "autocapitalize": "off", "autocorrect": "off", "spellcheck": "false"}


class Day(Line):
    """A day, picked or typed; the value is ISO 8601 as in the document."""

    input_type = "date"


class AsTyped(forms.CharField):
    """A text with the spaces around it, which may be part of what was given. Spaces alone say nothing."""

    def __init__(self, label: str, help_text: str, widget: forms.Widget) -> None:
        super().__init__(label=label, help_text=help_text, required=False, widget=widget, strip=False)

    @override
    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        return typed if typed.strip() else ""


def text(label: str, help_text: str = "", *, words: str = "", **attributes: str) -> forms.CharField:
    """One line of text; `words` names the list of suggestions beside the form."""
    return AsTyped(label, help_text, _line(words, attributes))


def exact(label: str, help_text: str = "", *, words: str = "", **attributes: str) -> forms.CharField:
    """A number, an address, a code: written from left to right, and never corrected by a telephone."""
    return AsTyped(label, help_text, _line(words, _PLAIN | attributes))


def code(label: str, help_text: str = "", *, words: str = "", **attributes: str) -> forms.CharField:
    """What has a form of its own, as an e-mail address or an amount: a space around it is none of it."""
    widget = _line(words, _PLAIN | attributes)
    return forms.CharField(label=label, help_text=help_text, required=False, widget=widget)


def _line(words: str, attributes: dict[str, str]) -> Line:
    return Line(attrs={"dir": "auto", **({"list": words} if words else {}), **attributes})


def prose(label: str, help_text: str = "", rows: int = 5) -> forms.CharField:
    """The victim's own words, in paragraphs."""
    return AsTyped(label, help_text, forms.Textarea(attrs={"dir": "auto", "rows": rows}))


def day(label: str, help_text: str = "") -> forms.CharField:
    """One day."""
    return forms.CharField(label=label, help_text=help_text, required=False, widget=Day)


def choice(label: str, kinds: type[StrEnum], words: dict[str, str], help_text: str = "", *, usual: str = "") -> Any:
    """One word of a closed list, shown as people say it.

    `usual` is the word that the document takes for granted: it stands for nothing chosen, so that an empty row
    stays empty.
    """
    options = [("", words[usual] if usual else "Choose")]
    options += [(kind.value, words[kind.value]) for kind in kinds if kind.value != usual]
    return forms.CharField(label=label, help_text=help_text, required=False, widget=Choice(choices=options))


class Flag(forms.BooleanField):
    """Yes or not said; `initial=True` where the document takes yes for granted."""

    def __init__(self, label: str, help_text: str = "", *, initial: bool = False) -> None:
        super().__init__(label=label, help_text=help_text, required=False, initial=initial)


class Country(forms.CharField):
    """A country by name or code."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, widget=Line)
        self.widget.attrs |= {"list": "countries", "autocomplete": "off"}

    @override
    def clean(self, value: Any) -> str:
        return code_of(super().clean(value))

    @override
    def prepare_value(self, value: Any) -> Any:
        return name_of(value) if isinstance(value, str) else value


class Countries(Country):
    """Countries by name or code, between commas."""

    @override
    def clean(self, value: Any) -> list[str]:  # type: ignore[override]  # a list where one country is a text
        return codes_of(forms.CharField.clean(self, value))

    @override
    def prepare_value(self, value: Any) -> Any:
        return listed(name_of(code) for code in value) if isinstance(value, list) else value


class Currency(forms.CharField):
    """A code in capitals, however it was typed."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, widget=Line)
        self.widget.attrs |= {"list": "currencies", "dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"}

    @override
    def clean(self, value: Any) -> str:
        return str(super().clean(value)).upper()


class Answer(forms.MultiValueField):
    """A question whose answer may be a list: not asked (None), asked and none ([]), or these.

    What is typed counts as an answer, whatever stands above it; "none" beside a list is a contradiction.
    """

    NOT_ASKED, NONE, THESE = "", "none", "these"

    def __init__(self, label: str, which: str, help_text: str = "", *, languages: bool = False) -> None:
        self.languages = languages
        self.which = which
        words = {"list": "languages"} if languages else {"list": "countries"}
        options = [(self.NOT_ASKED, "Not asked yet"), (self.NONE, "Asked: none"), (self.THESE, "Asked: these")]
        widget = AnswerWidget(
            {
                "asked": forms.RadioSelect(choices=options),
                "": forms.TextInput(attrs={"aria-label": f"{label}: {which}", "placeholder": which, **words}),
            }
        )
        parts = (forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(parts, label=label, help_text=help_text, required=False, widget=widget)

    @override
    def compress(self, data_list: list[str]) -> list[str] | None:
        asked, typed = data_list or ("", "")
        if typed and asked == self.NONE:
            raise forms.ValidationError('The answer is "none", and yet some are named; take one of the two back.')
        if typed:
            return [language_tag(part) for part in parts_of(typed)] if self.languages else codes_of(typed)
        if asked == self.THESE:
            raise forms.ValidationError(
                'The answer is "these", and none are named; write them, or choose another answer.'
            )
        return [] if asked == self.NONE else None

    def answered(self, values: list[str] | None) -> list[str]:
        """The two parts in which the form shows an answer."""
        if values is None:
            return [self.NOT_ASKED, ""]
        name = language_name if self.languages else name_of
        return [self.THESE, listed(map(name, values))] if values else [self.NONE, ""]


class AnswerWidget(forms.MultiWidget):
    """Three answers, and a line for the list."""

    use_fieldset = True

    @override
    def decompress(self, value: object) -> list[str]:
        """Split nothing: an answer comes in its two parts (`Answer.answered`), or is none."""
        return [Answer.NOT_ASKED, ""]


class YesNo(forms.CharField):
    """A question answered with yes or no, or not asked."""

    def __init__(self, label: str, help_text: str = "") -> None:
        options = [("", "Not asked yet"), ("no", "No"), ("yes", "Yes")]
        super().__init__(label=label, help_text=help_text, required=False, widget=forms.RadioSelect(choices=options))

    @override
    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(str(super().clean(value)))

    @override
    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


def listed(words: Iterable[str]) -> str:
    """Words between commas."""
    return ", ".join(words)


def parts_of(typed: str) -> list[str]:
    """What stands between commas or semicolons."""
    return [part.strip() for part in typed.replace(";", ",").split(",") if part.strip()]
