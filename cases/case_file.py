"""One case with all its parts, read once: what the plan, the checks and the letters look at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from cases.enums import Direction, FraudKind, IdentifierKind, Origin, Outcome
from cases.models import (
    Case,
    Consent,
    ConsentWithdrawal,
    Evidence,
    Identifier,
    Report,
    Reporter,
    TimelineEvent,
    Transfer,
    Victim,
)
from cases.money import total


@dataclass(frozen=True, slots=True)
class CurrencyTotal:
    """Sums of one currency. `second_fraud` is the part of `sent` that went to a second fraud."""

    currency: str
    sent: Decimal
    returned: Decimal
    second_fraud: Decimal

    @property
    def lost(self) -> Decimal:
        """Sent minus returned."""
        return total((self.sent, self.returned.copy_negate()))


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case and its parts, each list in the order of the intake."""

    case: Case
    victim: Victim
    reporter: Reporter | None
    identifiers: tuple[Identifier, ...]
    transfers: tuple[Transfer, ...]
    timeline: tuple[TimelineEvent, ...]
    reports: tuple[Report, ...]
    evidence: tuple[Evidence, ...]
    consents: tuple[Consent, ...]
    withdrawals: tuple[ConsentWithdrawal, ...] = ()

    @property
    def held(self) -> bool:
        """A person who is held and made to defraud others: a victim, with rules of their own."""
        return self.case.fraud_kind == FraudKind.FORCED_CRIMINALITY

    @property
    def hides_location(self) -> bool:
        """No place of the victim may be printed anywhere."""
        return self.held or self.case.do_not_reveal_location

    @property
    def payments(self) -> tuple[Transfer, ...]:
        """The transfers that left the victim."""
        return tuple(transfer for transfer in self.transfers if transfer.direction == Direction.SENT)

    @property
    def money_countries(self) -> tuple[str, ...]:
        """Countries and territories that money went to: as screened, then as the transfers say."""
        named = [*(self.case.money_sent_to or ()), *(t.to_country for t in self.payments if t.to_country)]
        return tuple(dict.fromkeys(named))

    @property
    def earlier_reports(self) -> tuple[Report, ...]:
        """The reports that a letter tells of. A letter of ours counts once its agency has given it a number.

        Until then one letter that is sent would change what the case's other letters say, and void their approval.
        """
        return tuple(r for r in self.reports if r.origin != Origin.LETTER or r.reference_number)

    @property
    def signers(self) -> tuple[str, ...]:
        """The full names that can sign a consent."""
        names = [self.victim.full_name]
        return (*names, self.reporter.full_name) if self.reporter else tuple(names)

    def identifiers_of(self, *kinds: IdentifierKind) -> tuple[Identifier, ...]:
        """The identifiers of the given kinds."""
        return tuple(identifier for identifier in self.identifiers if identifier.kind in kinds)

    def consent_for(self, agency_key: str) -> Consent | None:
        """The consent for one agency. Withdrawn, or signed with another name than a signer's, it is none."""
        consent = self.consent_given(agency_key)
        if consent is None or any(withdrawal.ends(consent) for withdrawal in self.withdrawals):
            return None
        return consent if one_line(consent.signed_as) in map(one_line, self.signers) else None

    def consent_given(self, agency_key: str) -> Consent | None:
        """The consent as it stands in the file, whoever signed it."""
        return next((consent for consent in self.consents if consent.agency_key == agency_key), None)


def one_line(name: str) -> str:
    """A name with its white space folded, for comparing."""
    return " ".join(name.split())


def exhibit_letter(number: int) -> str:
    """The letter under which a piece of evidence is listed, by its place from 0: A, B … Z, AA and so on."""
    number, last = divmod(number, 26)
    return (exhibit_letter(number - 1) if number else "") + chr(ord("A") + last)


def counts_as_filed(report: Report) -> bool:
    """A refusal is recorded, stays to do and does not count (PROCESS.md, step 2)."""
    return report.outcome != Outcome.REFUSED


def currency_totals(transfers: tuple[Transfer, ...]) -> tuple[CurrencyTotal, ...]:
    """Sums per currency, in the order in which the currencies appear. Never one blended number."""
    return tuple(_total(currency, transfers) for currency in dict.fromkeys(t.currency for t in transfers))


def _total(currency: str, transfers: tuple[Transfer, ...]) -> CurrencyTotal:
    of_currency = [t for t in transfers if t.currency == currency]
    sent = [t for t in of_currency if t.direction == Direction.SENT]
    return CurrencyTotal(
        currency=currency,
        sent=total(t.amount for t in sent),
        returned=total(t.amount for t in of_currency if t.direction == Direction.RETURNED),
        second_fraud=total(t.amount for t in sent if t.second_fraud),
    )


def read_case_file(case_id: UUID) -> CaseFile:
    """Read one case of the active organization; ten queries, whatever its size.

    Raises Case.DoesNotExist for a case of another organization, as for one that does not exist.
    """
    case = Case.objects.get(pk=case_id)
    return CaseFile(
        case=case,
        victim=Victim.objects.get(case=case),
        reporter=Reporter.objects.filter(case=case).first(),
        identifiers=tuple(Identifier.objects.filter(case=case)),
        transfers=tuple(Transfer.objects.filter(case=case)),
        timeline=tuple(TimelineEvent.objects.filter(case=case)),
        reports=tuple(Report.objects.filter(case=case)),
        evidence=tuple(Evidence.objects.filter(case=case)),
        consents=tuple(Consent.objects.filter(case=case)),
        withdrawals=tuple(ConsentWithdrawal.objects.filter(case=case)),
    )
