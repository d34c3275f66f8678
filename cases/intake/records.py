"""An accepted intake: frozen records that mirror the schema, field by field and under the same names.

A key that the file leaves out is None, an empty tuple, or the default that the schema names. Where an empty
list is an answer (ties, screening), a missing key is None: not asked. Texts are in Unicode NFC with line
breaks as LF and otherwise as they were given; codes of countries and currencies are in capitals.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from cases.enums import (
    Channel,
    ConsentGiver,
    ConsentMethod,
    Direction,
    Disclose,
    FraudKind,
    IdentifierKind,
    Mechanism,
    Outcome,
    Purpose,
    ReportKind,
    Withhold,
)
from cases.intake.evidence_paths import EvidenceRefused, EvidenceSource
from cases.intake.problems import shown


@dataclass(frozen=True, slots=True)
class Address:
    """Where the victim lives. `country` is ISO 3166-1 alpha-2 or XK, here as everywhere."""

    country: str
    street: str | None = None
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None


@dataclass(frozen=True, slots=True)
class SafeContact:
    """Which ways to the victim others may see. Nothing said means that nothing is known to be unsafe."""

    email_is_safe: bool = True
    phone_is_safe: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Victim:
    """The person defrauded. `language` is BCP 47, the telephone number is in any notation."""

    full_name: str
    address: Address
    email: str | None = None
    phone: str | None = None
    date_of_birth: date | None = None
    language: str | None = None
    safe_contact: SafeContact = SafeContact()
    nationalities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who speaks for a victim who cannot."""

    full_name: str
    relation: str
    email: str | None = None
    phone: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Safety:
    """What must not happen. `ties_to` None: not asked; empty: asked, there are none."""

    life_at_risk: bool = False
    do_not_contact_victim: bool = False
    do_not_reveal_location: bool = False
    no_dispatch_without_supervisor: bool = False
    self_harm_risk: bool = False
    ties_to: tuple[str, ...] | None = None
    legal_advice_first: bool = False


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount above zero, and its currency: ISO 4217 or a ticker."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class ImpactInEnglish:
    """The victim's words in English, and who translated them."""

    translated_by: str
    emotional: str | None = None
    financial: str | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """What the crime did, in the victim's own words."""

    emotional: str | None = None
    financial: str | None = None
    in_english: ImpactInEnglish | None = None


@dataclass(frozen=True, slots=True)
class FirstContact:
    """When and where it began."""

    on: date | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One fact and its day."""

    on: date
    fact: str


@dataclass(frozen=True, slots=True)
class Fraud:
    """What was done. The dates may contradict each other: they are kept as given."""

    kind: FraudKind
    started_on: date | None = None
    discovered_on: date | None = None
    stated_loss: Money | None = None
    impact: Impact = Impact()
    first_contact: FirstContact | None = None
    timeline: tuple[TimelineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Triage:
    """The screening answers; None is not asked or not known, and never no."""

    money_sent_to: tuple[str, ...] | None = None
    chinese_named_recipient_in: tuple[str, ...] | None = None
    offender_spoke: tuple[str, ...] | None = None
    offender_had_chinese_name: bool | None = None
    held_in: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """A hard fact that points to the offender, as it was given: failed checksums and bare names included."""

    kind: IdentifierKind
    value: str
    service: str | None = None
    country: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class InstitutionInformed:
    """The sending institution was told of one transfer."""

    on: date
    outcome: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment. `sent_at` has its zone; `sent_on` is as given, or else the day of `sent_at` in that zone."""

    amount: Decimal
    currency: str
    mechanism: Mechanism
    sent_on: date | None = None
    sent_at: datetime | None = None
    network: str | None = None
    from_institution: str | None = None
    to_institution: str | None = None
    to_bank_code: str | None = None
    from_account: str | None = None
    to_account: str | None = None
    to_name: str | None = None
    to_country: str | None = None
    reference: str | None = None
    tag: str | None = None
    direction: Direction = Direction.SENT
    second_fraud: bool = False
    institution_informed: InstitutionInformed | None = None


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """A report made before this intake; `agency` is a directory key or a free name."""

    agency: str
    filed_on: date
    reference_number: str | None = None
    channel: Channel | None = None
    kind: ReportKind | None = None
    outcome: Outcome = Outcome.ACCEPTED
    outcome_reason: str | None = None
    station: str | None = None
    officer: str | None = None


class EvidenceChanged(ValueError):
    """The file is no longer the one that was looked at when the intake was accepted."""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A file that was there: `path` exactly as given, SHA-256 in hexadecimal, size in bytes.

    The bytes stay where they are until `read`, so that a case with many photographs fits into memory.
    """

    path: str
    sha256: str
    size: int
    source: EvidenceSource = field(repr=False, compare=False)
    description: str | None = None

    def read(self) -> bytes:
        """Read the file. Raises EvidenceChanged where it is gone or has other bytes now."""
        try:
            with self.source.open(self.path) as stream:
                data = stream.read(self.size + 1)
        except (EvidenceRefused, OSError):
            raise self._changed() from None
        if sha256(data).hexdigest() != self.sha256:
            raise self._changed()
        return data

    def _changed(self) -> EvidenceChanged:
        return EvidenceChanged(f"{shown(self.path)} changed after the intake was checked; run it again")


@dataclass(frozen=True, slots=True)
class Consent:
    """To whom the victim lets the case be released."""

    agency: str
    given_on: date
    signed_as: str
    withhold: tuple[Withhold, ...] = ()
    disclose: tuple[Disclose, ...] = ()
    given_by: ConsentGiver = ConsentGiver.VICTIM
    method: ConsentMethod | None = None
    language: str | None = None
    notice_version: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """One victim's case, accepted. Without `external_id` it always makes a new case."""

    victim: Victim
    fraud: Fraud
    external_id: str | None = None
    reporter: Reporter | None = None
    safety: Safety = Safety()
    triage: Triage = Triage()
    identifiers: tuple[Identifier, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    reports: tuple[EarlierReport, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    consents: tuple[Consent, ...] = ()
    purposes: tuple[Purpose, ...] = ()
