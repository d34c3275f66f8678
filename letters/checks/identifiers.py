"""Rules about identifiers and accounts as they were given: a mistyped one is kept, and told."""

from __future__ import annotations

from collections.abc import Iterator

from cases.case_file import CaseFile
from cases.identifiers import account_of_transfer, canonicalize
from cases.identifiers.canonical import Canonical
from cases.models import Transfer
from letters.checks.content import Found
from letters.facts import LetterFacts


def identifier_problems(file: CaseFile, facts: LetterFacts) -> Iterator[Found]:
    """What is wrong with the numbers, identifiers and accounts that this letter prints."""
    yield from _own_numbers(file, facts)
    for identifier in file.identifiers:
        country = identifier.country or file.victim.country
        canonical = canonicalize(identifier.kind, identifier.value, service=identifier.service, country=country)
        yield from _found(canonical, f"identifiers.{identifier.position}.value")
    for transfer, line in zip(file.transfers, facts.transfers, strict=True):
        path = f"transfers.{transfer.position}"
        yield from _account(transfer, line.to_account, f"{path}.to_account", transfer.to_country)
        yield from _account(transfer, line.from_account, f"{path}.from_account", file.victim.country)


def _own_numbers(file: CaseFile, facts: LetterFacts) -> Iterator[Found]:
    """The numbers at which the victim and who speaks for them are to be reached."""
    home = file.victim.country
    if facts.victim.phone:
        yield from _found(canonicalize("phone", file.victim.phone, country=home), "victim.phone")
    if file.reporter and facts.reporter and facts.reporter.phone:
        country = file.reporter.country or home
        yield from _found(canonicalize("phone", file.reporter.phone, country=country), "reporter.phone")


def _account(transfer: Transfer, account: str, path: str, country: str) -> Iterator[Found]:
    if account:
        canonical = account_of_transfer(
            account, mechanism=transfer.mechanism, network=transfer.network or transfer.currency, country=country
        )
        yield from _found(canonical, path)


def _found(canonical: Canonical, path: str) -> Iterator[Found]:
    for problem in canonical.problems:
        yield problem.rule, path, problem.message
