"""What an operator copies is complete and correct: every variable explained, every unit understood by systemd."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from cases.intake.evidence import MAX_EVIDENCE_BYTES
from cases.intake.parsing import MAX_BYTES
from cases.uploads import MAX_REQUEST_BYTES

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
EXAMPLE = (DEPLOY / "redress.env.example").read_text()
# Production refuses the demo, which sets these itself.
DEMO_ONLY = {"REDRESS_DEMO", "PORT"}
VARIABLE = re.compile(r"^#?([A-Z][A-Z0-9_]+)=", re.MULTILINE)


def read_in(path: Path) -> Iterator[str]:
    """The environment variables that a Python file reads, by whatever name it calls the environment."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(func=ast.Attribute(value=source, attr="get"), args=[ast.Constant(value=str(name)), *_]):
                if ast.unparse(source).endswith(("environ", "environment")):
                    yield name
            case ast.Subscript(value=source, slice=ast.Constant(value=str(name)), ctx=ast.Load()):
                if ast.unparse(source).endswith(("environ", "environment")):
                    yield name
            case ast.Call(func=ast.Name(id="_read"), args=[ast.Constant(value=str(name)), *_]):
                yield name


def variables() -> set[str]:
    """Every variable that a running installation reads."""
    files = [DEPLOY / "gunicorn.conf.py", *(ROOT / "config").rglob("*.py")]
    for app in ("accounts", "directory", "cases", "letters"):
        files += [path for path in (ROOT / app).rglob("*.py") if "drill" not in str(path)]
    found = {name for path in files for name in read_in(path) if name.isupper()} - DEMO_ONLY
    return found | set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "backup-daily").read_text()))


def test_every_variable_that_is_read_stands_in_the_example_and_no_other() -> None:
    assert {"DATABASE_URL", "SECRET_KEY", "REDRESS_S3_BUCKET", "REDRESS_LOG_LEVEL"} <= variables()
    assert set(VARIABLE.findall(EXAMPLE)) == variables()


def test_every_variable_of_the_example_is_explained_once() -> None:
    lines = EXAMPLE.splitlines()
    for number, line in enumerate(lines):
        if VARIABLE.match(line):
            assert lines[number - 1].startswith("# ") or lines[number - 1].startswith("#   "), line
    names = VARIABLE.findall(EXAMPLE)
    assert len(names) == len(set(names))


def test_the_example_holds_no_secret() -> None:
    told = dict(re.findall(r"^#?([A-Z0-9_]*(?:KEY|KEYS|SECRET|PASSWORD))=(.*)$", EXAMPLE, re.MULTILINE))
    assert len(told) == 4
    assert set(told.values()) == {""}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for unit in (DEPLOY / "systemd").iterdir():
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/redress", str(ROOT)))
    units = sorted(path for path in tmp_path.iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def opt(tmp_path: Path) -> Path:
    """A folder as /opt/redress is, whose Python writes down what it is asked, and fails at the word in FAIL.

    As a backup it makes the folder, and the manifest where it does not fail.
    """
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f"""#!/bin/sh
        echo "$2" >>{tmp_path}/asked
        [ "$2" != backup ] || mkdir -p "$3"
        [ "$2" != "${{FAIL:-}}" ] || exit 1
        [ "$2" != backup ] || touch "$3/manifest"
    """)
    python.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(("fail", "status"), [("", 0), ("verify_audit", 1), ("write_audit_heads", 1)])
def test_each_daily_check_is_made_whatever_the_others_find(opt: Path, fail: str, status: int) -> None:
    done = subprocess.run([opt / "deploy/check-daily"], env=os.environ | {"FAIL": fail}, check=False)
    assert done.returncode == status
    assert (opt / "asked").read_text().split() == ["verify_audit", "check_isolation", "write_audit_heads"]


@pytest.mark.parametrize(("fail", "status", "left"), [("", 0, 3), ("backup", 1, 2)])
def test_what_is_left_of_a_broken_backup_makes_room_for_the_next(opt: Path, fail: str, status: int, left: int) -> None:
    place, long_ago = opt / "backups", time.time() - 13 * 3600
    for name, manifest, changed in (
        ("2026-11-24T030000Z", True, long_ago),
        ("2026-11-25T030000Z", False, long_ago),
        ("2026-11-26T030000Z", False, time.time()),  # it may be under way
    ):
        (place / name).mkdir(parents=True)
        if manifest:
            (place / name / "manifest").touch()
        os.utime(place / name, (changed, changed))
    environment = os.environ | {"FAIL": fail, "REDRESS_BACKUPS": str(place)}
    assert subprocess.run([opt / "deploy/backup-daily"], env=environment, check=False).returncode == status
    assert not (place / "2026-11-25T030000Z").exists()
    assert len(list(place.iterdir())) == left


def test_nginx_takes_what_the_application_takes_and_hardly_more() -> None:
    found = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx/redress.conf").read_text())
    assert found
    assert MAX_REQUEST_BYTES < int(found[1]) * 1024**2 <= MAX_REQUEST_BYTES + 1024**2
    assert MAX_REQUEST_BYTES >= MAX_EVIDENCE_BYTES + MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize("unit", sorted(path.name for path in (DEPLOY / "systemd").glob("*.service")))
def test_every_service_is_hardened(unit: str) -> None:
    text = (DEPLOY / "systemd" / unit).read_text()
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "User=redress", "UMask=0077"):
        assert f"\n{line}\n" in text, line
    assert "\nMemoryMax=" in text
    assert ("owner.env" in text) == (unit == "redress-upgrade.service"), "the owner's password is for upgrades alone"
