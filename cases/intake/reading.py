"""The way in: bytes or a file become an Intake, or a refusal that names every problem. Nothing is written."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from cases.intake.building import built
from cases.intake.consents import consent_problems
from cases.intake.evidence import EvidenceLedger
from cases.intake.evidence_paths import EvidenceFolder, EvidenceSource
from cases.intake.parsing import MAX_BYTES, parsed
from cases.intake.problems import refusal, refusal_of_document
from cases.intake.records import Intake
from cases.intake.structure import structure_problems


def read_intake(path: Path, *, known_agencies: Collection[str], today: date) -> Intake:
    """Read a case file; the paths of its evidence are relative to the file's folder.

    `known_agencies` are the keys of the directory; `today` is the day with which dates are compared.
    Raises IntakeRefused, also where the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusal_of_document(f"cannot be read ({error.strerror}); name a JSON file") from None
    return parse_intake(data, known_agencies=known_agencies, today=today, evidence=EvidenceFolder(path.parent))


def parse_intake(
    data: bytes, *, known_agencies: Collection[str], today: date, evidence: EvidenceSource | None = None
) -> Intake:
    """Read a case as UTF-8 JSON; `evidence` opens the files that came with it, None: none did.

    Raises IntakeRefused.
    """
    document = parsed(data)
    found = structure_problems(document, today)
    broken = {one.place for one in found}
    ledger = EvidenceLedger(evidence)
    found += consent_problems(document, known_agencies, broken)
    found += ledger.problems(document, broken)
    if found:
        raise refusal(document, found)
    return built(document, ledger, evidence)
