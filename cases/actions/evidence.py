"""Adding evidence to a case, and who took a copy of it: every touch is a custody event on the audit trail."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts import vault
from accounts.actions.audit import record
from accounts.models import User
from accounts.roles import Verb
from accounts.rules import require
from cases.actions.texts import kept_texts
from cases.enums import Origin
from cases.evidence_types import EvidenceNotTaken, evidence_type
from cases.intake.evidence import MAX_EVIDENCE_BYTES
from cases.models import Case, Evidence

_MAX_NAME = 255  # characters, as file systems have it


@transaction.atomic
def add_evidence(*, case: Case, name: str, data: bytes, description: str, by: User) -> Evidence:
    """Keep a file as evidence of the case, its SHA-256 taken now; the same file twice is one piece of evidence.

    `name` is the file's own, `description` at most 500 characters. Raises PermissionDenied, and ValidationError with
    what to do where the file is not taken (`cases.evidence_types`, MAX_EVIDENCE_BYTES) or the words cannot be printed.
    """
    require(by, Verb.CASE_CHANGE, case)
    checked_size(len(data))
    name, description, kind = _printable(name), _kept(description), checked_type(name, data)
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # one at a time draws a position
    sha256 = vault.store(data)
    known = Evidence.objects.filter(case=case, sha256=sha256).first()
    row = known or Evidence(case=case, position=_next_position(case), sha256=sha256, origin=Origin.MEMBER.value)
    if known is None:
        row.size, row.media_type, row.original_name = len(data), kind, name
    row.description = row.description or description
    row.save()
    record("evidence.receive", by=by, target=row)
    return row


@transaction.atomic
def describe_evidence(*, evidence: Evidence, description: str, by: User) -> Evidence:
    """Say anew what a piece of evidence shows, or nothing; the file stays as it was received.

    Raises PermissionDenied, and ValidationError where the words cannot be printed.
    """
    require(by, Verb.CASE_CHANGE, evidence.case)
    description = _kept(description)
    evidence = Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)
    if evidence.description != description:
        evidence.description = description
        evidence.save(update_fields=["description"])
        record("evidence.describe", by=by, target=evidence, fields=["description"])
    return evidence


def checked_size(size: int) -> None:
    """Raise ValidationError for more bytes than one piece of evidence may have."""
    if size > MAX_EVIDENCE_BYTES:
        raise ValidationError(f"The file is larger than {MAX_EVIDENCE_BYTES // 1024**2} MB. Shorten it, or split it.")


def checked_type(name: str, data: bytes) -> str:
    """The media type of a file that can be evidence. Raises ValidationError with what to do."""
    try:
        return evidence_type(data, name)
    except EvidenceNotTaken as refused:
        raise ValidationError(str(refused)) from refused


@transaction.atomic
def take_copy(*, evidence: Evidence, by: User) -> bytes:
    """The bytes of a piece of evidence for a person who reads the case; that they took them is on record.

    Raises PermissionDenied, and `accounts.vault.VaultError` where the vault has lost them.
    """
    require(by, Verb.CASE_READ, evidence)
    data = vault.read(evidence.sha256)
    record("evidence.download", by=by, target=evidence)
    return data


def _next_position(case: Case) -> int:
    last = Evidence.objects.filter(case=case).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _kept(description: str) -> str:
    return kept_texts({"description": description})["description"]


def _printable(name: str) -> str:
    """The name without what is not seen or turns the direction of print, which could make one type look another."""
    return "".join(c for c in name if c.isprintable())[-_MAX_NAME:].strip() or "file"
