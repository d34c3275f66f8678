"""What a curator enters about a contact point."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from directory.actions.contacts import close_contact, propose_address, verify_contact
from directory.enums import Channel
from directory.models import ContactPoint

_CHANGED = "the address has changed since you opened the page: look at it again"


class ContactForm(forms.Form):
    """What is done to a contact point, and the value of it that the curator looked at."""

    done = ""
    seen = forms.CharField(max_length=2000, strip=False)

    def apply(self, contact: ContactPoint, by: User) -> None:
        """Do it. Raise `ValidationError` with the reason why not, then nothing has changed."""
        if self.errors:
            raise ValidationError(
                [f"{name}: {error}".rstrip(".") for name in self.errors for error in self.errors[name]]
            )
        # A browser sends line ends as CR LF, whatever the page had.
        if self.cleaned_data["seen"].splitlines() != contact.value.splitlines():
            raise ValidationError(_CHANGED)
        self._apply(contact, by)

    def _apply(self, contact: ContactPoint, by: User) -> None:
        raise NotImplementedError


class VerifyForm(ContactForm):
    """It was seen published."""

    done = "Verified, with today's date and your name."
    source = forms.CharField(max_length=500)

    def _apply(self, contact: ContactPoint, by: User) -> None:
        verify_contact(
            key=contact.agency.key,
            channel=Channel(contact.channel),
            value=contact.value,
            source=self.cleaned_data["source"],
            by=by.email,
        )


class CloseForm(ContactForm):
    """It no longer works."""

    done = "Closed. No letter goes there."

    def _apply(self, contact: ContactPoint, by: User) -> None:
        close_contact(contact=contact, by=by)


class ProposeForm(ContactForm):
    """It was seen published with another value."""

    done = "Proposed. Another curator approves it, until then nothing changes."
    value = forms.CharField(max_length=500)
    source = forms.CharField(max_length=500)

    def _apply(self, contact: ContactPoint, by: User) -> None:
        data = self.cleaned_data
        propose_address(contact=contact, value=data["value"], source=data["source"], by=by)


ACTS: dict[str, type[ContactForm]] = {"verify": VerifyForm, "close": CloseForm, "propose": ProposeForm}
