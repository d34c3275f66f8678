"""The payments of a letter and their sums."""

from __future__ import annotations

from decimal import Decimal

from cases.case_file import CaseFile, CurrencyTotal, currency_totals
from cases.models import Transfer
from cases.plan.institutions import institution_key
from directory.geography.countries import country_name
from letters.facts import Total, TransferLine
from letters.gathering.telling import Telling


def transfers(file: CaseFile, may: Telling) -> tuple[TransferLine, ...]:
    """Every transfer, numbered from 1; own accounts only where this recipient may be told."""
    return tuple(_transfer(number, transfer, file, may) for number, transfer in enumerate(file.transfers, 1))


def totals(file: CaseFile) -> tuple[Total, ...]:
    """The sums, a row a currency."""
    return tuple(_total(total) for total in currency_totals(file.transfers))


def stated_loss(file: CaseFile) -> Total | None:
    """What the victim says was lost in all; only `lost` is meant."""
    amount = file.case.stated_loss_amount
    if amount is None:
        return None
    return Total(file.case.stated_loss_currency, sent=Decimal(0), returned=Decimal(0), lost=amount)


def _transfer(number: int, transfer: Transfer, file: CaseFile, may: Telling) -> TransferLine:
    hidden, own = file.case.held_in, _own_account_is_told(transfer, may)
    return TransferLine(
        number=number,
        amount=transfer.amount,
        currency=transfer.currency,
        mechanism=transfer.mechanism,
        sent_on=transfer.sent_on,
        sent_at=transfer.sent_at_text,
        network=transfer.network,
        from_institution=transfer.from_institution,
        from_account=transfer.from_account if transfer.is_returned or own else "",
        to_institution=transfer.to_institution,
        to_bank_code=transfer.to_bank_code,
        to_account=(transfer.to_own_account if own else "") or transfer.to_account,
        to_name=transfer.to_name if own or not transfer.is_returned else "",
        to_country=country_name(transfer.to_country) if transfer.to_country not in ("", hidden) else "",
        reference=transfer.reference,
        tag=transfer.tag,
        returned=transfer.is_returned,
        second_fraud=transfer.second_fraud,
        informed=_informed(transfer),
    )


def _own_account_is_told(transfer: Transfer, may: Telling) -> bool:
    """A bank learns of the accounts that are with it; what the victim has elsewhere is not its business."""
    institution = transfer.to_institution if transfer.is_returned else transfer.from_institution
    return may.own_accounts and (not may.own_accounts_at or institution_key(institution) == may.own_accounts_at)


def _informed(transfer: Transfer) -> str:
    if transfer.informed_on is None:
        return ""
    reference = f", reference {transfer.informed_reference}" if transfer.informed_reference else ""
    outcome = f": {transfer.informed_outcome}" if transfer.informed_outcome else ""
    return f"{transfer.informed_on}{reference}{outcome}"


def _total(total: CurrencyTotal) -> Total:
    return Total(total.currency, total.sent, total.returned, total.lost, total.second_fraud)
