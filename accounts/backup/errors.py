"""What is refused."""


class BackupRefused(RuntimeError):
    """A backup cannot be written or restored here; the message says why, without personal data."""
