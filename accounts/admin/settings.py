"""Organization: what its letters need, and how long they wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from accounts.actions.organizations import change_organization
from accounts.admin.guard import needs
from accounts.admin.site import site
from accounts.models import Organization
from accounts.roles import Verb
from accounts.signed_in import signed_in
from accounts.tenancy import current_organization_id

if TYPE_CHECKING:  # Django's takes type arguments in its stubs only
    _Form = forms.ModelForm[Organization]
else:
    _Form = forms.ModelForm

_HELP = {
    "name": "As it stands on letters and on the signature.",
    "letterhead": "Lines under the name at the top of a letter.",
    "postal_address": "Lines, the country last. Agencies answer by post too.",
    "sending_email": "Letters come from this address. Your mail relay must be allowed to send for it.",
    "reply_email": "Agencies answer to this address.",
    "accent_color": "The one colour on your letters.",
    "holding_hours": "A released letter waits this long, so that it can be stopped. 0 to 336.",
    "languages": "Tags with commas between them: en, fr, zh-Hans.",
    "countries": "Two capital letters each, with commas between them: GB, GH.",
    "privacy_notice": "What victims read before they tell you anything. A change gets a new version number.",
}


class OrganizationForm(_Form):
    """The fields that a director may change."""

    website = forms.URLField(required=False, assume_scheme="https", max_length=200)
    # The database holds these two as well, but its words are no help.
    holding_hours = forms.IntegerField(
        min_value=0, max_value=24 * 14, label="Hours a letter waits", help_text=_HELP["holding_hours"]
    )
    accent_color = forms.RegexField(
        r"\A#[0-9a-fA-F]{6}\Z",
        label="Accent colour",
        help_text=_HELP["accent_color"],
        widget=forms.TextInput(attrs={"type": "color"}),
        error_messages={"invalid": "Write # and six digits, as in #1f3a5f."},
    )

    class Meta:
        model = Organization
        fields = (
            "name",
            "letterhead",
            "postal_address",
            "sending_email",
            "reply_email",
            "phone",
            "website",
            "accent_color",
            "holding_hours",
            "languages",
            "countries",
            "privacy_notice",
        )
        help_texts = _HELP
        labels = {
            "sending_email": "Sending address",
            "reply_email": "Reply address",
        }
        widgets = {
            "letterhead": forms.Textarea(attrs={"rows": 4}),
            "postal_address": forms.Textarea(attrs={"rows": 4}),
            "privacy_notice": forms.Textarea(attrs={"rows": 6}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True  # what the form was opened with comes back: `changed_data` goes by it

    def clean_accent_color(self) -> str:
        """In the one spelling that is stored."""
        color: str = self.cleaned_data["accent_color"]
        return color.lower()


@needs(Verb.SETTINGS_CHANGE)
@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show the settings; a POST changes them, and the names of the changed fields are on record."""
    found = Organization.objects.get(pk=current_organization_id())
    form = OrganizationForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        return redirect("workspace:settings")
    context = {**site.each_context(request), "title": "Organization", "form": form, "organization": found}
    return TemplateResponse(request, "workspace/settings.html", context)


def _saved(request: HttpRequest, form: OrganizationForm) -> bool:
    """Write what the person changed; what a colleague changed since the form was opened stays."""
    values = {name: form.cleaned_data[name] for name in form.changed_data}
    try:
        changed = change_organization(by=signed_in(request), **values)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, "Saved." if changed else "Nothing was different.")
    return True
