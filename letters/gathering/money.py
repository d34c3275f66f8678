"""The payments of a letter and their sums."""

from __future__ import annotations

from decimal import Decimal

from cases.case_file import CaseFile, CurrencyTotal, currency_totals
from cases.enums import Direction
from cases.models import Transfer
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
    hidden = file.case.held_in
    return TransferLine(
        number=number,
        amount=transfer.amount,
        currency=transfer.currency,
        mechanism=transfer.mechanism,
        sent_on=transfer.sent_on,
        sent_at=transfer.sent_at_text,
        network=transfer.network,
        from_institution=transfer.from_institution,
        from_account=transfer.from_account if may.own_accounts else "",
        to_institution=transfer.to_institution,
        to_bank_code=transfer.to_bank_code,
        to_account=transfer.to_account,
        to_name=transfer.to_name,
        to_country=country_name(transfer.to_country) if transfer.to_country not in ("", hidden) else "",
        reference=transfer.reference,
        tag=transfer.tag,
        returned=transfer.direction == Direction.RETURNED,
        second_fraud=transfer.second_fraud,
        informed=_informed(transfer),
    )


def _informed(transfer: Transfer) -> str:
    if transfer.informed_on is None:
        return ""
    reference = f", reference {transfer.informed_reference}" if transfer.informed_reference else ""
    outcome = f": {transfer.informed_outcome}" if transfer.informed_outcome else ""
    return f"{transfer.informed_on}{reference}{outcome}"


def _total(total: CurrencyTotal) -> Total:
    return Total(total.currency, total.sent, total.returned, total.lost, total.second_fraud)
