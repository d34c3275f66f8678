"""plan.json: what the plan of a case says, in the contract's form."""

from __future__ import annotations

from typing import Any

from cases.case_file import CaseFile, CurrencyTotal, currency_totals
from cases.money import plain
from cases.plan import Plan
from letters.enums import LetterState
from letters.models import Letter
from letters.standing import Asked


def plan_document(file: CaseFile, plan: Plan, asked: list[Asked], *, organization: str) -> dict[str, Any]:
    """The whole document; `organization` is the slug."""
    return {
        "case": file.case.number,
        "external_id": file.case.external_id,
        "organization": organization,
        "nexus": {
            "country": plan.nexus.country,
            "answer": plan.nexus.answer.value,
            "reasons": list(plan.nexus.reasons),
        },
        "totals": [_total(total) for total in currency_totals(file.transfers)],
        "reports": [_report(one) for one in asked],
    }


def files_of(key: str, letter: Letter | None) -> dict[str, str]:
    """The files of one report: path below the output folder, and the SHA-256 under which the vault has it."""
    if letter is None or letter.state not in (LetterState.DRAFT, LetterState.SEALED):
        return {}
    files = {f"{key}/report.pdf": letter.document_sha256, f"{key}/report.eml": letter.mail_sha256}
    return {path: sha256 for path, sha256 in files.items() if sha256}


def _total(total: CurrencyTotal) -> dict[str, str]:
    return {
        "currency": total.currency,
        "sent": plain(total.sent),
        "returned": plain(total.returned),
        "lost": plain(total.lost),
    }


def _report(asked: Asked) -> dict[str, Any]:
    standing = asked.standing
    row = standing.row
    return {
        "agency": row.key,
        "name": row.name,
        "channel": row.channel.value,
        "to": row.to,
        "verified": bool(row.contact and row.contact.is_verified),
        "optional": row.optional,
        "attention": row.attention,
        "why": row.why,
        "status": standing.status.value,
        "problems": [
            {"rule": p.rule, "severity": p.severity.value, "field": p.field, "message": p.message}
            for p in standing.problems
        ],
        "reference_number": standing.reference_number,
        "files": list(files_of(row.key, asked.letter)),
    }
