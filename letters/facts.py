"""All that a letter may say, as frozen facts.

`gathering` makes a `LetterFacts` for one report to one agency, after consent, safety and disclosure
have been applied; templates see nothing else. Whatever is empty here was withheld, is unsafe or unknown,
and is not printed. Texts are as the victim or the caseworker gave them; templates escape them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Sender:
    """The organization that sends the letter."""

    name: str
    letterhead: tuple[str, ...]
    postal_address: tuple[str, ...]
    email: str
    reply_email: str
    phone: str
    website: str
    accent_color: str  # "#rrggbb"


@dataclass(frozen=True, slots=True)
class Recipient:
    """The agency as the letter addresses it. `kind` names the folder in templates/letters/."""

    key: str
    kind: str
    name: str
    name_local: str
    address: tuple[str, ...]
    channel: str  # email, web_form, phone, in_person, post
    to: str  # the address, URL, number or postal address; "" where nobody knows it yet
    attention: str  # exact first line, "" for agencies that have none
    attention_local: str  # the same line in Simplified Chinese, for Chinese agencies only
    ask_to_forward: bool  # a press, political or consular box: ask to pass it on to the Ambassador
    chinese: bool  # an agency of China, Hong Kong or Macau: bilingual fixed text
    foreign: bool  # an agency of a state that is not the victim's country of residence


@dataclass(frozen=True, slots=True)
class Person:
    """The victim as this recipient may know them."""

    full_name: str
    address: tuple[str, ...] = ()
    country: str = ""  # country of residence in English, "" for a person who is held
    email: str = ""
    phone: str = ""
    date_of_birth: date | None = None
    nationalities: tuple[str, ...] = ()  # English country names


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who speaks for the victim; contact details only where a consent discloses them or at home."""

    full_name: str
    relation: str
    email: str = ""
    phone: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the victim, or a reporter on the victim's behalf, with the safe ways to reach them."""

    full_name: str
    on_behalf_of: str = ""
    relation: str = ""
    contact: tuple[str, ...] = ()  # "label: value" lines, e.g. "E-mail: …"


@dataclass(frozen=True, slots=True)
class IdentifierLine:
    """One hard fact that points to the offender, printed exactly as it was given."""

    kind: str  # the intake's kind: website, app, email, …
    value: str
    service: str = ""
    country: str = ""  # English country name
    note: str = ""


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One payment. The victim's own account (`from_account`, or `to_account` where it came back) as `Telling` says."""

    number: int
    amount: Decimal
    currency: str
    mechanism: str  # the intake's mechanism: bank_wire, crypto, …
    sent_on: date | None = None
    sent_at: str = ""  # "2024-02-02 14:05 UTC+08:00" where the time is known
    network: str = ""
    from_institution: str = ""
    from_account: str = ""
    to_institution: str = ""
    to_bank_code: str = ""
    to_account: str = ""
    to_name: str = ""
    to_country: str = ""  # English country name
    reference: str = ""
    tag: str = ""
    returned: bool = False
    second_fraud: bool = False
    informed: str = ""  # "2024-02-03, reference 123: card blocked", as far as known


@dataclass(frozen=True, slots=True)
class Total:
    """Sums of one currency; `lost` is sent minus returned; `second_fraud` is a part of sent."""

    currency: str
    sent: Decimal
    returned: Decimal
    lost: Decimal
    second_fraud: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Impact:
    """How the crime affected the victim, in the victim's words and, where given, in English."""

    emotional: str = ""
    financial: str = ""
    emotional_in_english: str = ""
    financial_in_english: str = ""
    translated_by: str = ""
    language: str = ""  # BCP 47 of the victim's own words


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """A report made before, with its number; refusals included."""

    agency: str
    filed_on: date
    reference_number: str = ""
    outcome: str = "accepted"  # accepted, refused, referred, no_answer
    outcome_reason: str = ""
    station: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence: never its file name."""

    letter: str  # A, B, … Z, AA …
    media_type: str
    sha256: str
    description: str = ""
    enclosed: bool = False  # only where the consent discloses evidence


@dataclass(frozen=True, slots=True)
class TimelineFact:
    """One dated fact of the chronology."""

    on: date
    fact: str


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Everything one letter may say. Equal facts make equal letters."""

    case_number: str
    letter_date: date
    draft: bool
    sender: Sender
    recipient: Recipient
    victim: Person
    signature: Signature
    fraud_kind: str  # the intake's kind: investment, romance, …
    reporter: Reporter | None = None
    held: bool = False  # a person held and forced to defraud others: no place is printed
    started_on: date | None = None
    discovered_on: date | None = None
    first_contact_on: date | None = None
    first_contact_service: str = ""
    stated_loss: Total | None = None  # only `lost` is meant
    timeline: tuple[TimelineFact, ...] = ()
    identifiers: tuple[IdentifierLine, ...] = ()
    transfers: tuple[TransferLine, ...] = ()
    totals: tuple[Total, ...] = ()
    impact: Impact = field(default_factory=Impact)
    earlier_reports: tuple[EarlierReport, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    recovery_note: str = ""  # for institutions: the recovery periods that may apply
    verify_url: str = ""  # in the QR code of a sealed letter; "" on a draft

    def mailed_to(self, address: str) -> LetterFacts:
        """The same facts, mailed to that address: those of a held person name none, and neither does the text."""
        return replace(self, recipient=replace(self.recipient, to=address))
