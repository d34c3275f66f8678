"""Walls around the render process that need no root: no network, no file but fonts and code, nothing written.

Each is taken where the kernel offers it (namespaces may be forbidden in a container; Landlock needs Linux 5.13).
They stand behind the asset table and the resource limits, which hold everywhere.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _SIGKILL = 1, 38, 9

# linux/landlock.h, version 1: the thirteen file rights. Everything handled and not granted is refused.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ = 1 << 2 | 1 << 3
_ALL_FILE_RIGHTS = (1 << 13) - 1
_RULE_PATH_BENEATH = 1


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that forked it ends. For single-threaded parents."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def leave_network() -> bool:
    """Move into a network without interfaces; True where the kernel allows it."""
    return bool(_LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def read_only(directories: Iterable[Path]) -> bool:
    """Allow this process and its children to read below `directories` and nothing else; True where Landlock exists."""
    rights = ctypes.create_string_buffer(struct.pack("=Q", _ALL_FILE_RIGHTS))
    ruleset = _LIBC.syscall(_CREATE_RULESET, rights, ctypes.c_size_t(8), 0)
    if ruleset < 0:
        return False
    for directory in directories:
        _grant_reading(ruleset, directory)
    _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    restricted = _LIBC.syscall(_RESTRICT_SELF, ruleset, 0) == 0
    os.close(ruleset)
    return bool(restricted)


def _grant_reading(ruleset: int, directory: Path) -> None:
    if not directory.is_dir():
        return
    handle = os.open(directory, os.O_PATH | os.O_CLOEXEC)
    rule = ctypes.create_string_buffer(struct.pack("=Qi", _READ, handle))
    _LIBC.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, rule, 0)
    os.close(handle)
