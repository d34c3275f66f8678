"""What a person does on a report's page: each act is a form and one call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from accounts.admin.acts import Act, Data
from accounts.models import Organization
from accounts.tenancy import current_organization_id
from cases.actions.consents import record_consent
from cases.actions.reports import note_reference, record_report
from cases.admin.report_forms import FiledForm
from cases.enums import Channel, ConsentMethod, Disclose, Outcome, Withhold
from cases.models import Report
from letters.actions.approvals import approve_letter
from letters.actions.dispatches import (
    TooLate,
    cancel_dispatch,
    mark_posted,
    resolve_uncertain,
    victim_keeps,
    victim_sent,
)
from letters.actions.releases import ReleaseRefused, release_letter, release_to_victim, seal_for_release
from letters.actions.withdrawals import Withdrawn, withdraw_approval, withdraw_consent
from letters.admin import forms
from letters.admin.opened_report import ReportPage
from letters.enums import ApprovalMethod, Carrier
from letters.models import Dispatch, Letter


@contextmanager
def refusals_as_problems() -> Iterator[None]:
    """The rules' own refusals, as a form can show them."""
    try:
        yield
    except ReleaseRefused as refused:
        raise ValidationError([refusal.sentence for refusal in refused.refusals]) from refused
    except TooLate as late:
        raise ValidationError(str(late)) from late


def _consent(page: ReportPage, data: Data) -> str:
    record_consent(
        case=page.case,
        agency_key=page.row.key,
        given_on=data["given_on"],
        signed_as=data["signed_as"],
        method=ConsentMethod(data["method"]),
        language=data["language"],
        notice_version=data["notice_version"],
        withhold=[Withhold(item) for item in data["withhold"]],
        disclose=[Disclose(item) for item in data["disclose"]],
        by=page.user,
    )
    return "The consent is recorded. The letter can be made now."


def _withdraw(page: ReportPage, _data: Data) -> str:
    done = withdraw_consent(case=page.case, agency_key=page.row.key, by=page.user)
    return _withdrawn("The consent is taken back.", done)


def _filed(page: ReportPage, data: Data) -> str:
    agency = page.row.agency
    record_report(
        case=page.case,
        agency_key=page.row.key,
        agency_name=page.row.name,
        agency_kind=agency.kind if agency else page.row.letter_kind.value,
        filed_on=data["filed_on"],
        channel=Channel(data["channel"]) if data["channel"] else None,
        reference_number=data["reference_number"],
        outcome=Outcome(data["outcome"]),
        outcome_reason=data["outcome_reason"],
        station=data["station"],
        officer=data["officer"],
        by=page.user,
    )
    return "The report is recorded."


def _number(page: ReportPage, data: Data) -> str:
    report = Report.objects.filter(case=page.case, pk=str(data["report"])).first()
    if report is None:
        raise ValidationError("this report is not on record any more: reload the page")
    note_reference(report=report, reference_number=data["reference_number"], by=page.user)
    return "The report number is recorded."


def _approve(page: ReportPage, data: Data) -> str:
    approve_letter(
        letter=_letter(page),
        document_sha256=data["document_sha256"],
        method=ApprovalMethod(data["method"]),
        language=data["language"],
        notice_version=data["notice_version"],
        by=page.user,
    )
    return "The victim's approval of this document is recorded."


def _disapprove(page: ReportPage, _data: Data) -> str:
    return _withdrawn("The approval is taken back.", withdraw_approval(letter=_letter(page), by=page.user))


def _seal(page: ReportPage, data: Data) -> str:
    seal_for_release(letter=_letter(page), document_sha256=data["document_sha256"], by=page.user)
    return "The letter is being sealed. Then it needs the victim's approval and your release."


def _release(page: ReportPage, data: Data) -> str:
    with refusals_as_problems():
        dispatch = release_letter(
            letter=_letter(page),
            document_sha256=data["document_sha256"],
            override_reason=data["override_reason"],
            by=page.user,
        )
    if dispatch.state == "held":
        return f"Released. It can be stopped until {dispatch.release.hold_until:%Y-%m-%d %H:%M} UTC."
    if dispatch.carrier == Carrier.POST:
        return "Released. Print it, take it to the post, and enter the day and the registered number here."
    return "Released. An answer may never come: what comes is kept with this report."


def _to_victim(page: ReportPage, data: Data) -> str:
    with refusals_as_problems():
        release_to_victim(letter=_letter(page), document_sha256=data["document_sha256"], by=page.user)
    return "The letter is in the victim's hands. Say here when they have sent it."


def _cancel(page: ReportPage, data: Data) -> str:
    with refusals_as_problems():
        cancel_dispatch(dispatch=_dispatch(page), reason=data["reason"], by=page.user)
    return "It is stopped and was not sent."


def _posted(page: ReportPage, data: Data) -> str:
    with refusals_as_problems():
        mark_posted(
            dispatch=_dispatch(page), on=data["posted_on"], registered_number=data["registered_number"], by=page.user
        )
    return "Recorded as posted."


def _sent(page: ReportPage, data: Data) -> str:
    victim_sent(dispatch=_dispatch(page), on=data["sent_on"], by=page.user)
    return "Recorded as sent by the victim."


def _not_sent(page: ReportPage, data: Data) -> str:
    victim_keeps(dispatch=_dispatch(page), reason=data["reason"], by=page.user)
    return "Recorded: the victim does not send it. Nothing of it is left to do."


def _found_out(page: ReportPage, data: Data) -> str:
    resolve_uncertain(dispatch=_dispatch(page), was_sent=data["was_sent"], finding=data["finding"], by=page.user)
    return "What you found out is recorded."


def _letter(page: ReportPage) -> Letter:
    if page.letter is None:
        raise ValidationError("there is no letter yet: make it first")
    return page.letter


def _dispatch(page: ReportPage) -> Dispatch:
    if page.report.dispatch is None:
        raise ValidationError("this letter was not released")
    return page.report.dispatch


def _withdrawn(words: str, done: Withdrawn) -> str:
    count = len(done.stopped)
    stopped = f" {count} letter{'s were' if count > 1 else ' was'} stopped." if count else ""
    return " ".join([words + stopped, *done.beyond_recall])


def _document(page: ReportPage) -> Data:
    return {"document_sha256": page.letter.document_sha256 if page.letter else ""}


def _notice(page: ReportPage) -> Data:
    """What is mostly so: the victim's language, the notice as it stands, the name that has to be signed."""
    organization = Organization.objects.get(pk=current_organization_id())
    return _document(page) | {
        "language": page.file.victim.language or "en",
        "notice_version": str(organization.privacy_notice_version),
        "signed_as": page.file.signers[0],
    }


def _terms(page: ReportPage) -> Data:
    """A consent that is given anew begins with what the victim asked before: nothing withheld is told by oversight."""
    before = page.file.consent_given(page.row.key)
    terms = {"withhold": before.withhold, "disclose": before.disclose} if before else {}
    return _notice(page) | terms


ACTS: dict[str, Act[ReportPage]] = {
    "consent": Act(forms.ConsentForm, _consent, _terms),
    "withdraw": Act(forms.Nothing, _withdraw),
    "filed": Act(FiledForm, _filed, lambda page: {"channel": page.row.channel.value}),
    "number": Act(forms.NumberForm, _number),
    "approve": Act(forms.ApprovalForm, _approve, _notice),
    "disapprove": Act(forms.Nothing, _disapprove),
    "seal": Act(forms.ReadForm, _seal, _document),
    "release": Act(forms.ReleaseForm, _release, _document),
    "hand_over": Act(forms.ReadForm, _to_victim, _document),
    "cancel": Act(forms.ReasonForm, _cancel),
    "posted": Act(forms.PostedForm, _posted),
    "sent": Act(forms.SentForm, _sent),
    "not_sent": Act(forms.ReasonForm, _not_sent),
    "found_out": Act(forms.FoundOutForm, _found_out),
}
