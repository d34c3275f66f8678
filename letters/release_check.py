"""Reading, in one transaction, all that the release rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from accounts.models import Organization, User
from accounts.roles import VERBS_OF_ROLE, Role, Verb
from accounts.rules import can
from accounts.tenancy import current_organization_id
from cases.case_file import CaseFile, read_case_file
from cases.enums import NexusAnswer
from cases.models import Case
from cases.plan import Plan, PlanRow, build_plan
from cases.plan.foreign import is_foreign
from directory.queries import agency_names
from letters.checks import check_report
from letters.enums import LetterState, Severity
from letters.gathering import facts_sha256, gather
from letters.models import Approval, Dispatch, Letter, Release
from letters.release_rules import ConsentTerms, Releaser, Situation
from letters.standing import supervisor_reasons


@dataclass(frozen=True, slots=True)
class Look:
    """The situation of a letter, and the row of the plan that it belongs to; None where there is none any more."""

    situation: Situation
    row: PlanRow | None
    file: CaseFile


def look(letter: Letter, releaser: Releaser) -> Look:
    """Read the letter, its case, plan and directory as they are now.

    Lock the case first (`lock_case`): then nothing of it changes until the transaction that decides is over.
    """
    file = read_case_file(letter.case_id)
    plan = build_plan(file)
    row = next((row for row in plan.rows if row.key == letter.agency_key and not row.information), None)
    return Look(_situation(letter, releaser, file, plan, row), row, file)


def lock_case(case_id: UUID) -> Case:
    """Lock a case: who changes it, withdraws from it or sends for it waits. Always before its dispatches."""
    return Case.objects.select_for_update(no_key=True).get(pk=case_id)


def lock_dispatch(dispatch_id: UUID) -> Dispatch:
    """Lock the case of a dispatch, then the dispatch, and return it as it is now.

    Raises Dispatch.DoesNotExist for another organization's as for none.
    """
    lock_case(Dispatch.objects.values_list("case_id", flat=True).get(pk=dispatch_id))
    return Dispatch.objects.select_for_update(no_key=True).get(pk=dispatch_id)


def releaser_of(user: User, letter: Letter, *, read_sha256: str, override_reason: str) -> Releaser:
    """The person who asks now, with what their role allows."""
    return Releaser(
        may_release=bool(can(user, Verb.REPORT_RELEASE, letter)),
        may_supervise=bool(can(user, Verb.REPORT_SUPERVISE, letter)),
        asked_for_it=letter.asked_by_id == user.pk,
        read_sha256=read_sha256,
        override_reason=override_reason,
    )


def released(release: Release, letter: Letter) -> Releaser:
    """The person who released, with what their role allowed then."""
    verbs = VERBS_OF_ROLE[Role(release.role)]
    return Releaser(
        may_release=Verb.REPORT_RELEASE in verbs,
        may_supervise=Verb.REPORT_SUPERVISE in verbs,
        asked_for_it=letter.asked_by_id == release.released_by_id,
        read_sha256=release.document_sha256,
        override_reason=release.override_reason,
    )


def consent_terms(file: CaseFile, key: str) -> ConsentTerms | None:
    """The consent for an agency as it stands, in the words in which a letter keeps it."""
    consent = file.consent_for(key)
    if consent is None:
        return None
    terms = [f"withhold {item}" for item in consent.withhold] + [f"disclose {item}" for item in consent.disclose]
    return ConsentTerms(consent.given_on, tuple(terms))


def _situation(letter: Letter, releaser: Releaser, file: CaseFile, plan: Plan, row: PlanRow | None) -> Situation:
    today = timezone.localdate()
    facts_now, broken = _facts(letter, file, plan, row, today) if row else ("", ())
    contact = row.contact if row else None
    return Situation(
        today=today,
        releaser=releaser,
        sealed=letter.state == LetterState.SEALED and not letter.draft,
        withdrawn=letter.withdrawn_at is not None,
        document_sha256=letter.document_sha256,
        facts_sha256=letter.facts_sha256,
        facts_sha256_now=facts_now,
        to=letter.recipient_to,
        to_now=row.to if row else "",
        by_us=bool(row and row.sent_by_us),
        broken_rules=broken,
        foreign=bool(row and is_foreign(file, row)),
        ties_asked=file.case.ties_to is not None,
        nexus_unconfirmed=bool(row and row.chinese) and _unconfirmed(plan),
        supervisor_reasons=supervisor_reasons(file, row) if row else (),
        consent=ConsentTerms(letter.consent_given_on, tuple(letter.consent_terms)),
        consent_now=consent_terms(file, letter.agency_key),
        approved=_approved(letter),
        verified_on=contact.verified_on if contact and not contact.is_closed else None,
    )


def _facts(letter: Letter, file: CaseFile, plan: Plan, row: PlanRow, today: date) -> tuple[str, tuple[str, ...]]:
    organization = Organization.objects.get(pk=current_organization_id())
    facts = gather(file, row, organization, draft=False, on=letter.letter_date)
    problems = check_report(file, row, plan.nexus, facts, proper_names=agency_names(), today=today)
    return facts_sha256(facts), tuple(p.message for p in problems if p.severity == Severity.ERROR)


def _unconfirmed(plan: Plan) -> bool:
    return plan.nexus.answer == NexusAnswer.LIKELY and not plan.nexus.confirmed


def _approved(letter: Letter) -> frozenset[str]:
    standing = Approval.objects.filter(letter=letter, withdrawn_at=None)
    return frozenset(standing.values_list("document_sha256", flat=True))
