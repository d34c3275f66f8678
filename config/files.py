"""Where the vault is: a folder of this machine, or a bucket in object storage where one is named."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def vault(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """The entry of Django's STORAGES for the vault: the bucket REDRESS_S3_BUCKET, otherwise `folder`.

    Without REDRESS_S3_KEY_ID the credentials are those of the machine (instance role), as boto3 finds them.
    """
    if bucket := environment.get("REDRESS_S3_BUCKET"):
        return {
            "BACKEND": "accounts.bucket.BucketVault",
            "OPTIONS": {
                "bucket_name": bucket,
                "endpoint_url": environment.get("REDRESS_S3_ENDPOINT") or None,
                "region_name": environment.get("REDRESS_S3_REGION") or None,
                "access_key": environment.get("REDRESS_S3_KEY_ID") or None,
                "secret_key": environment.get("REDRESS_S3_SECRET") or None,
            },
        }
    return {
        "BACKEND": "accounts.vault.VaultStorage",
        # Outside the web root, readable by our own user alone.
        "OPTIONS": {"location": folder, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    }
