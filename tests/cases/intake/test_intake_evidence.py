"""Evidence: only plain files below the case file's folder, read once, and known by their hash."""

import json
import os
import socket
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from cases.intake import Intake, IntakeRefused, parse_intake, read_intake
from cases.intake import evidence as evidence_module
from cases.intake.evidence_paths import EvidenceFolder, EvidenceRefused
from cases.intake.records import EvidenceChanged
from tests.cases.intake.samples import AGENCIES, TODAY, full, paths, problems_of

SECRET = b"outside the folder"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case's folder with one file in it, and a secret beside the folder."""
    inside = tmp_path / "case"
    (inside / "evidence").mkdir(parents=True)
    (inside / "evidence" / "note.txt").write_bytes(b"inside")
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "note.txt").write_bytes(SECRET)
    return inside


def with_evidence(folder: Path, *rows: str | dict[str, str]) -> Path:
    """Write a case file with the given evidence rows (or their paths alone) into the folder."""
    evidence = [{"path": row} if isinstance(row, str) else row for row in rows]
    path = folder / "case.json"
    path.write_text(json.dumps(full() | {"evidence": evidence}))
    return path


def read(path: Path) -> Intake:
    return read_intake(path, known_agencies=AGENCIES, today=TODAY)


def refused(folder: Path, *rows: str | dict[str, str]) -> list[str]:
    return problems_of(lambda: read(with_evidence(folder, *rows)))


LEADING_OUT = [
    "../secret.txt",
    "evidence/../../secret.txt",
    "evidence/../evidence/note.txt",
    "..",
    "/etc/passwd",
    "//etc/passwd",
    "..\\secret.txt",
    "evidence\\note.txt",
    "C:note.txt",
    "c:/note.txt",
    "file:///etc/passwd",
    "https://example.org/x.png",
    "~/note.txt",
    "evidence/note.txt\0.png",
    "evidence/note.txt/x",
    "evidence/%2e%2e/%2e%2e/secret.txt",
    "evidence/missing.txt",
    "evidence",
    "evidence/",
    ".",
    "./",
    "/",
    "x" * 300,
    "x/" * 4000 + "x",
    "․․/secret.txt",
]


@pytest.mark.parametrize("path", LEADING_OUT)
def test_a_path_that_leaves_the_folder_or_names_no_file_is_refused(folder: Path, path: str) -> None:
    assert paths(refused(folder, path)) == ["evidence.0.path"]


@pytest.mark.parametrize(
    "path", ["evidence\\note.txt", "C:note.txt", "c:/note.txt", "/evidence/note.txt", "//note.txt"]
)
def test_a_path_of_another_system_is_refused_even_where_a_file_has_that_name(folder: Path, path: str) -> None:
    (folder / path.lstrip("/")).parent.mkdir(exist_ok=True)
    (folder / path.lstrip("/")).write_bytes(b"here")
    (line,) = refused(folder, path)
    assert "is no path inside the folder" in line


def make_link(folder: Path) -> str:
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    return "link.txt"


def make_inner_link(folder: Path) -> str:
    (folder / "link.txt").symlink_to("evidence/note.txt")
    return "link.txt"


def make_linked_folder(folder: Path) -> str:
    (folder / "linked").symlink_to(folder.parent / "elsewhere", target_is_directory=True)
    return "linked/note.txt"


def make_dangling_link(folder: Path) -> str:
    (folder / "link.txt").symlink_to("nowhere")
    return "link.txt"


def make_pipe(folder: Path) -> str:
    os.mkfifo(folder / "pipe")
    return "pipe"


def make_socket(folder: Path) -> str:
    with socket.socket(socket.AF_UNIX) as unix:
        before = Path.cwd()
        os.chdir(folder)  # the address of a socket is short
        try:
            unix.bind("socket")
        finally:
            os.chdir(before)
    return "socket"


LINK = "goes through a link; put the file itself in the folder"
SPECIAL = "is a device, pipe or socket; put a file in its place"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_link, LINK),
        (make_inner_link, LINK),
        (make_linked_folder, LINK),
        (make_dangling_link, LINK),
        (make_pipe, SPECIAL),
        (make_socket, SPECIAL),
    ],
)
def test_links_and_what_is_no_file_are_refused(folder: Path, make: Callable[[Path], str], words: str) -> None:
    path = make(folder)
    assert refused(folder, path) == [f'evidence.0.path: "{path}" {words}']


def test_the_folder_itself_may_be_reached_through_a_link(folder: Path) -> None:
    with_evidence(folder, "evidence/note.txt")
    way = folder.parent / "way"
    way.symlink_to(folder, target_is_directory=True)
    assert read(way / "case.json").evidence[0].read() == b"inside"


def test_a_name_with_dots_spaces_and_umlauts_is_fine(folder: Path) -> None:
    (folder / "..note").write_bytes(b"dots")
    (folder / "Kopie von Schäden (1).txt").write_bytes(b"copy")
    intake = read(with_evidence(folder, "..note", "Kopie von Schäden (1).txt"))
    assert [item.read() for item in intake.evidence] == [b"dots", b"copy"]


def test_a_name_is_looked_up_in_the_normal_form_in_which_it_was_given(folder: Path) -> None:
    decomposed = "Scha\u0308den.txt"
    (folder / decomposed).write_bytes(b"x")
    assert read(with_evidence(folder, decomposed)).evidence[0].path == decomposed


def test_a_piece_of_evidence_carries_its_hash_and_size(folder: Path) -> None:
    digest = sha256(b"inside").hexdigest()
    item = read(
        with_evidence(folder, {"path": "evidence/note.txt", "sha256": digest, "description": "A note"})
    ).evidence[0]
    assert (item.sha256, item.size, item.description) == (digest, 6, "A note")


def test_a_hash_that_differs_is_refused(folder: Path) -> None:
    (line,) = refused(folder, {"path": "evidence/note.txt", "sha256": "0" * 64})
    assert line.startswith(f"evidence.0.sha256: the file here has {sha256(b'inside').hexdigest()}; ")


def test_every_row_is_checked(folder: Path) -> None:
    lines = refused(
        folder, "../secret.txt", "evidence/note.txt", "missing", {"path": "evidence/note.txt", "sha256": "1" * 64}
    )
    assert paths(lines) == ["evidence.0.path", "evidence.2.path", "evidence.3.sha256"]


def test_a_file_that_changes_after_the_check_is_not_taken(folder: Path) -> None:
    item = read(with_evidence(folder, "evidence/note.txt")).evidence[0]
    for changed in (b"other!", b"inside and more", b""):
        (folder / "evidence" / "note.txt").write_bytes(changed)
        with pytest.raises(EvidenceChanged):
            item.read()


def test_an_empty_file_that_vanishes_after_the_check_is_not_taken(folder: Path) -> None:
    (folder / "empty.txt").touch()
    item = read(with_evidence(folder, "empty.txt")).evidence[0]
    assert item.read() == b""
    (folder / "empty.txt").unlink()
    with pytest.raises(EvidenceChanged):
        item.read()


def test_a_link_that_is_put_in_place_after_the_check_is_not_followed(folder: Path) -> None:
    item = read(with_evidence(folder, "evidence/note.txt")).evidence[0]
    (folder / "evidence" / "note.txt").unlink()
    (folder / "evidence" / "note.txt").symlink_to(folder.parent / "secret.txt")
    with pytest.raises(EvidenceChanged):
        item.read()


def test_a_link_that_is_swapped_in_while_we_look_is_not_followed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = folder / "evidence" / "note.txt"
    really_stat = os.stat

    def stat_then_swap(*args: Any, **options: Any) -> os.stat_result:
        result = really_stat(*args, **options)
        if args[0] == "note.txt" and not note.is_symlink():
            note.unlink()
            note.symlink_to(folder.parent / "secret.txt")
        return result

    monkeypatch.setattr("cases.intake.evidence_paths.os.stat", stat_then_swap)
    with pytest.raises(EvidenceRefused):
        EvidenceFolder(folder).open("evidence/note.txt")
    assert note.is_symlink()


def test_a_file_named_many_times_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    really_open = EvidenceFolder.open

    def noted_open(folder: EvidenceFolder, path: str) -> BinaryIO:
        opened.append(path)
        return really_open(folder, path)

    monkeypatch.setattr(EvidenceFolder, "open", noted_open)
    read(with_evidence(folder, *["evidence/note.txt"] * 50))
    assert opened == ["evidence/note.txt"]


def test_evidence_that_is_too_large_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_module, "MAX_EVIDENCE_BYTES", 5)
    (line,) = refused(folder, "evidence/note.txt")
    assert "is larger than" in line


def test_evidence_without_files_is_refused() -> None:
    data = json.dumps(full()).encode()
    with pytest.raises(IntakeRefused, match=r"evidence\.0\.path: .* did not come with the case"):
        parse_intake(data, known_agencies=AGENCIES, today=TODAY, evidence=None)


def test_no_file_stays_open(folder: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    refused(folder, "evidence/note.txt", "missing/x", "evidence", "../x", make_link(folder), make_pipe(folder))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_refused_file_leaves_everything_as_it_was(folder: Path) -> None:
    case = with_evidence(folder, "evidence/note.txt", "../secret.txt", make_link(folder))

    def picture() -> list[tuple[str, int, int]]:
        found = sorted(folder.parent.rglob("*"))
        return [(str(path), path.lstat().st_mtime_ns, path.lstat().st_size) for path in found]

    before = picture()
    assert problems_of(lambda: read(case)) != []
    assert picture() == before
