"""The vault in object storage (S3 protocol): what ``accounts.vault`` keeps, in a bucket instead of a folder.

A PUT appears whole or not at all, and a name is taken as it is: the same content has the same name. What travels is
ciphertext. The bucket is private, as buckets are unless somebody opens them; we set no ACL, which many refuse today.
"""

from __future__ import annotations

from typing import Any, NoReturn

from botocore.config import Config
from storages.backends.s3 import S3Storage
from typing_extensions import override


class BucketVault(S3Storage):
    """A bucket that nobody is led to: it hands out no address."""

    @override
    def get_default_settings(self) -> dict[str, Any]:
        """Answer within a minute or fail; the key stands in the path, because few servers have a host per bucket."""
        config = Config(
            connect_timeout=5,  # seconds
            read_timeout=60,  # seconds
            retries={"mode": "standard", "total_max_attempts": 3},
            s3={"addressing_style": "path"},
            # Newer checksums are unknown to many servers; what we read back is authenticated by AES-GCM.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        return super().get_default_settings() | {"client_config": config}  # type: ignore[no-any-return]

    @override
    def url(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: files leave through doors that ask who may, never by an address."""
        raise ValueError("files of the vault have no address")
