"""Every piece of evidence is looked at before the intake is taken: it is there, and its hash agrees."""

from collections.abc import Container
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cases.intake.evidence_paths import EvidenceRefused, EvidenceSource
from cases.intake.parsing import rows
from cases.intake.problems import Found, Place, shown

# A photograph, a scan, a chat export, a short film. Whoever stores or opens a file holds it in memory three times while
# it is sealed: two people at once fit beside three web processes in the 1 GB of redress-web.service.
MAX_EVIDENCE_BYTES = 100 * 1024 * 1024
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file was when it was looked at: SHA-256 in hexadecimal, size in bytes."""

    sha256: str
    size: int


class EvidenceLedger:
    """The fingerprints of the files of one intake by their path as given; each file is read once."""

    def __init__(self, source: EvidenceSource | None) -> None:
        self._source = source
        self._fingerprints: dict[str, Fingerprint] = {}

    def __getitem__(self, path: str) -> Fingerprint:
        """Give a file's fingerprint. Raises EvidenceRefused where there is no such file, or too much of it."""
        if path not in self._fingerprints:
            self._fingerprints[path] = self._look(path)
        return self._fingerprints[path]

    def problems(self, document: Any, broken: Container[Place]) -> list[Found]:
        """Check each row of `evidence` but those whose place is `broken` already."""
        found = []
        for index, row in rows(document, "evidence"):
            path, place = row.get("path"), ("evidence", index)
            if isinstance(path, str) and (*place, "path") not in broken:
                found += [one for one in self._of_row(row, path, place) if one.place not in broken]
        return found

    def _of_row(self, row: dict[str, Any], path: str, place: Place) -> list[Found]:
        try:
            actual = self[path].sha256
        except EvidenceRefused as refused:
            return [Found((*place, "path"), str(refused))]
        if row.get("sha256", actual) == actual:
            return []
        return [
            Found((*place, "sha256"), f"the file here has {actual}; send the file that was hashed, or mend the hash")
        ]

    def _look(self, path: str) -> Fingerprint:
        if self._source is None:
            raise EvidenceRefused(f"{shown(path)} did not come with the case; send the file too")
        digest, size = sha256(), 0
        with self._source.open(path) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > MAX_EVIDENCE_BYTES:
                    raise EvidenceRefused(
                        f"{shown(path)} is larger than {MAX_EVIDENCE_BYTES // 1024**2} MB; shorten it"
                    )
        return Fingerprint(digest.hexdigest(), size)
