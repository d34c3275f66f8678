"""A part of a backup: a sealed stream that opens whole, in order and under its own name, or not at all.

``head | chunk | chunk …``. The head names the format, the backup (16 random bytes) and the master key. Each part has
a key of its own, HKDF-SHA-256 of the master key with the backup as salt and the part's name as purpose. A chunk is
AES-256-GCM; its nonce counts the chunks and marks the last one, so that none can be left out, moved or added.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from accounts import masterkeys
from accounts.backup.errors import BackupRefused

_MAGIC = b"redress backup 1\n"
_SALT = 16  # bytes
_CHUNK = 1 << 18  # bytes of plain text: what is in memory at once
_TAG = 16  # bytes


@dataclass(frozen=True)
class BackupKey:
    """One backup's identity, and the master key that seals it."""

    master_id: str
    salt: bytes

    @classmethod
    def new(cls) -> BackupKey:
        """Return the key of a new backup, under the first master key."""
        return cls(masterkeys.current_id(), os.urandom(_SALT))

    @classmethod
    def read(cls, file: BinaryIO) -> BackupKey:
        """Read the head of a part; raise ``BackupRefused`` where there is none."""
        if file.read(len(_MAGIC)) != _MAGIC:
            raise BackupRefused("this is no part of a Redress backup, or its beginning was altered")
        salt, length = file.read(_SALT), file.read(1)
        name = file.read(length[0]) if length else b""
        return cls(name.decode(errors="replace"), salt)

    def head(self) -> bytes:
        """Return what stands in front of each part."""
        name = self.master_id.encode()
        return _MAGIC + self.salt + bytes([len(name)]) + name

    def cipher(self, part: str) -> AESGCM:
        """Return the cipher of one part; raise ``MasterKeyError`` when the master key is not here."""
        return AESGCM(masterkeys.derived(self.master_id, self.salt, f"redress backup part {part}"))


class PartWriter:
    """Seals what is written to it, chunk by chunk."""

    def __init__(self, file: BinaryIO, key: BackupKey, part: str) -> None:
        self._file, self._cipher, self._count, self._waiting = file, key.cipher(part), 0, bytearray()
        file.write(key.head())

    def write(self, data: bytes) -> None:
        """Take more plain text; a full chunk waits until more follows, because the last one is marked."""
        self._waiting += data
        while len(self._waiting) > _CHUNK:
            self._seal(bytes(self._waiting[:_CHUNK]), last=False)
            del self._waiting[:_CHUNK]

    def close(self) -> None:
        """Seal the rest as the last chunk."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, last=last), plain, None))
        self._count += 1


class PartReader:
    """Opens a part and hands it out in pieces of known length."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, b""

    def take(self, length: int) -> Iterator[bytes]:
        """Yield the next ``length`` bytes; raise ``BackupRefused`` when there are fewer."""
        while length:
            if not self._rest:
                self._rest = next(self._chunks, b"")
            if not self._rest:
                raise BackupRefused("a part is shorter than the manifest says")
            piece, self._rest = self._rest[:length], self._rest[length:]
            length -= len(piece)
            yield piece

    def finish(self) -> None:
        """Raise ``BackupRefused`` when anything is left."""
        if self._rest or any(self._chunks):
            raise BackupRefused("a part is longer than the manifest says")


@contextmanager
def written(folder: Path, part: str, key: BackupKey) -> Iterator[PartWriter]:
    """Write one part; it is on disk when the block ends, under its name only then."""
    path = folder / part
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("xb") as file:
        draft.chmod(0o600)
        writer = PartWriter(file, key, part)
        yield writer
        writer.close()
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


@contextmanager
def opened(folder: Path, part: str, key: BackupKey | None = None) -> Iterator[tuple[BackupKey, PartReader]]:
    """Read one part; with ``key``, of that backup alone. Raise ``BackupRefused`` where it is missing or altered."""
    try:
        file = (folder / part).open("rb")
    except FileNotFoundError:
        raise BackupRefused(f"{part} is missing: the backup is incomplete") from None
    with file:
        found = BackupKey.read(file)
        if key not in {None, found}:
            raise BackupRefused(f"{part} belongs to another backup")
        yield found, PartReader(_chunks(file, found.cipher(part), part))


def _chunks(file: BinaryIO, cipher: AESGCM, part: str) -> Iterator[bytes]:
    count, sealed = 0, file.read(_CHUNK + _TAG)
    while True:
        following = file.read(_CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(count, last=not following), sealed, None)
        except InvalidTag:
            raise BackupRefused(f"{part} was altered or cut, or the master key is another") from None
        if not following:
            return
        count, sealed = count + 1, following


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])
