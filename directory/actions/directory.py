"""Loading the directory's data files."""

from accounts.actions import audit
from accounts.tenancy import PLATFORM_ORGANIZATION_ID, organization
from directory.loading import Loaded, load


def load_directory() -> Loaded:
    """Load the data files that ship with Redress and say what changed; idempotent.

    Raise `django.db.IntegrityError` when a row breaks a constraint; then nothing was changed.
    """
    with organization(PLATFORM_ORGANIZATION_ID):
        loaded = load()
        if loaded.changed:
            audit.record("directory.load", by=None)
    return loaded
