"""Backup and restore: every row and every vault file, sealed, without a login that sees more than the walls allow.

``docs/decisions/0011-backup.md`` says why it is no ``pg_dump``. A backup is a folder: ``rows/<organization>`` and
``rows/shared`` (sealed), ``files/…`` (the vault's ciphertext as it is), and ``manifest`` (sealed, written last).
"""

from accounts.backup.errors import BackupRefused
from accounts.backup.manifest import Manifest
from accounts.backup.restoring import restore_backup
from accounts.backup.verifying import verify_backup
from accounts.backup.writing import write_backup

__all__ = ["BackupRefused", "Manifest", "restore_backup", "verify_backup", "write_backup"]
