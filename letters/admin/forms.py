"""The small forms of a report's page. What they check is form; the rules are in the actions."""

from __future__ import annotations

from django import forms

from cases.admin.report_forms import Day
from cases.enums import ConsentMethod, Disclose, Withhold
from letters.enums import ApprovalMethod

_CONSENT_METHODS = [
    (ConsentMethod.IN_WRITING.value, "In writing"),
    (ConsentMethod.BY_PHONE_READ_BACK.value, "By phone, read back"),
]
_APPROVAL_METHODS = [
    (ApprovalMethod.IN_WRITING.value, "In writing"),
    (ApprovalMethod.BY_PHONE_READ_BACK.value, "By phone, read back word for word"),
]
WITHHOLD = {
    Withhold.STREET: "The street",
    Withhold.PHONE: "The phone number",
    Withhold.EMAIL: "The e-mail address",
    Withhold.IMPACT: "How it affected them",
}
DISCLOSE = {
    Disclose.DATE_OF_BIRTH: "The date of birth",
    Disclose.NATIONALITIES: "The nationalities",
    Disclose.FROM_ACCOUNT: "Their own account numbers",
    Disclose.REPORTER_CONTACT: "The reporter's contact details",
    Disclose.EVIDENCE: "Evidence files",
}


class Nothing(forms.Form):
    """An act that needs no particulars."""


class ConsentForm(forms.Form):
    """The victim consents that this agency is told."""

    given_on = Day("Given on")
    signed_as = forms.CharField(label="Signed as", max_length=300, help_text="The full name, as it was signed.")
    method = forms.ChoiceField(label="How", choices=_CONSENT_METHODS)
    language = forms.CharField(label="In which language", max_length=35, help_text="A code, as en or zh-Hans.")
    notice_version = forms.CharField(label="Version of the privacy notice", max_length=40)
    withhold = forms.MultipleChoiceField(
        label="Do not tell this agency",
        required=False,
        choices=[(key.value, text) for key, text in WITHHOLD.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    disclose = forms.MultipleChoiceField(
        label="Tell this agency besides",
        required=False,
        choices=[(key.value, text) for key, text in DISCLOSE.items()],
        widget=forms.CheckboxSelectMultiple,
    )


class NumberForm(forms.Form):
    """The agency gave a number."""

    report = forms.UUIDField(widget=forms.HiddenInput)
    reference_number = forms.CharField(label="Report number", max_length=300)


class DocumentForm(forms.Form):
    """An act on exactly the document that was shown."""

    document_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReadForm(DocumentForm):
    """An act after reading."""

    read = forms.BooleanField(
        label="I have read this document to its end.", error_messages={"required": "Read it first, then tick this."}
    )


class ApprovalForm(DocumentForm):
    """The victim approves exactly this document."""

    method = forms.ChoiceField(label="How", choices=_APPROVAL_METHODS)
    language = forms.CharField(label="Read back in", max_length=35, help_text="A code, as en or zh-Hans.")
    notice_version = forms.CharField(label="Version of the privacy notice", max_length=40)


class ReleaseForm(ReadForm):
    """Let it go."""

    override_reason = forms.CharField(
        label="Why this address, if nobody verified it in time",
        required=False,
        max_length=1000,
        help_text="Your name and this reason stay on record.",
    )


class ReasonForm(forms.Form):
    """An act that has to be explained."""

    reason = forms.CharField(label="Why it is not sent", max_length=1000)


class PostedForm(forms.Form):
    """It was taken to the post."""

    posted_on = Day("Posted on")
    registered_number = forms.CharField(label="Registered number", required=False, max_length=80)


class SentForm(forms.Form):
    """The victim says that they sent it."""

    sent_on = Day("Sent on")


class FoundOutForm(forms.Form):
    """Somebody found out what became of a letter."""

    was_sent = forms.TypedChoiceField(
        label="Was it sent?",
        choices=[("yes", "Yes, the relay took it"), ("no", "No, it never left")],
        coerce=lambda answer: answer == "yes",
    )
    finding = forms.CharField(label="Where you looked, and what you saw", max_length=1000)
