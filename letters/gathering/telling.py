"""What a recipient may be told: the defaults, the consent for them, and safety, which no consent overrides."""

from __future__ import annotations

from dataclasses import dataclass

from cases.case_file import CaseFile
from cases.enums import Disclose, Withhold
from cases.plan import PlanRow
from cases.plan.foreign import is_foreign


@dataclass(frozen=True, slots=True)
class Telling:
    """What this recipient may be told, beyond or short of the facts that everybody gets."""

    street: bool
    phone: bool
    email: bool
    impact: bool
    birth: bool
    nationalities: bool
    own_accounts: bool
    own_accounts_at: str  # the key of the one institution whose accounts they are; empty for all
    reporter_contact: bool
    evidence: bool
    officers: bool


def telling(file: CaseFile, row: PlanRow) -> Telling:
    """Apply the defaults, the consent for this agency, and safety, which no consent overrides."""
    consent = file.consent_for(row.key)
    withheld = set(consent.withhold) if consent else set()
    disclosed = set(consent.disclose) if consent else set()
    home = is_home(file, row)
    # Whoever writes to a person who is held may put them in danger.
    contact = not file.case.do_not_contact_victim and not file.held
    return Telling(
        street=contact and not file.hides_location and Withhold.STREET not in withheld,
        phone=contact and file.victim.phone_is_safe and Withhold.PHONE not in withheld,
        email=contact and file.victim.email_is_safe and Withhold.EMAIL not in withheld,
        impact=Withhold.IMPACT not in withheld,
        birth=home or Disclose.DATE_OF_BIRTH in disclosed,
        nationalities=Disclose.NATIONALITIES in disclosed,
        own_accounts=home or Disclose.FROM_ACCOUNT in disclosed,
        own_accounts_at=row.key if row.own_institution and Disclose.FROM_ACCOUNT not in disclosed else "",
        reporter_contact=home or Disclose.REPORTER_CONTACT in disclosed,
        evidence=Disclose.EVIDENCE in disclosed,
        officers=home,
    )


def is_home(file: CaseFile, row: PlanRow) -> bool:
    """The victim's own police, desks and the institution that sent their money are told what they need."""
    return row.own_institution or (bool(row.state) and not is_foreign(file, row))
