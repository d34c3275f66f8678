"""What a person types as a reason is encrypted: why an address was overridden, why a letter was stopped."""

from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

import accounts.fields
from accounts.tenancy import organization

# What stood before a person's words in `problem`, and the sentence that stands there now.
_TYPED = {
    "Stopped: ": "A member of the organization stopped it.",
    "It was not sent: ": "It was not sent, as a member of the organization found out.",
}


def seal(apps: Any, _schema_editor: Any) -> None:
    for pk in apps.get_model("accounts", "Organization").objects.values_list("pk", flat=True):
        with organization(pk):
            for release in apps.get_model("letters", "Release").objects.filter(organization=pk):
                release.override_reason = release.plain_reason
                release.save(update_fields=["override_reason"])
            for dispatch in apps.get_model("letters", "Dispatch").objects.filter(organization=pk):
                dispatch.problem, dispatch.reason = apart(dispatch.problem)
                dispatch.save(update_fields=["problem", "reason"])


def apart(problem: str) -> tuple[str, str]:
    """Our sentence, and the words of a person, which stood in one."""
    for before, sentence in _TYPED.items():
        if problem.startswith(before):
            return sentence, problem.removeprefix(before)
    return problem, ""


def unseal(apps: Any, _schema_editor: Any) -> None:
    for pk in apps.get_model("accounts", "Organization").objects.values_list("pk", flat=True):
        with organization(pk):
            for release in apps.get_model("letters", "Release").objects.filter(organization=pk):
                release.plain_reason = release.override_reason
                release.save(update_fields=["plain_reason"])


def add_sealed(model: str, name: str) -> Operation:
    """Add an encrypted column: empty at first, because only a row's own place can seal its value."""
    field = accounts.fields.EncryptedTextField(blank=True, default="")
    return migrations.RunSQL(
        f"ALTER TABLE letters_{model} ADD COLUMN {name} bytea",
        f"ALTER TABLE letters_{model} DROP COLUMN {name}",
        state_operations=[migrations.AddField(model, name, field)],
    )


def never_null(model: str, name: str) -> Operation:
    return migrations.RunSQL(
        f"ALTER TABLE letters_{model} ALTER COLUMN {name} SET NOT NULL",
        f"ALTER TABLE letters_{model} ALTER COLUMN {name} DROP NOT NULL",
    )


class Migration(migrations.Migration):
    dependencies = [("letters", "0004_release_walls"), ("accounts", "0002_walls")]

    operations = [
        # A ciphertext is bound to the name of its column, so the new column has the name from the first day.
        migrations.RenameField("release", "override_reason", "plain_reason"),
        add_sealed("release", "override_reason"),
        add_sealed("dispatch", "reason"),
        migrations.RunPython(seal, unseal),
        never_null("release", "override_reason"),
        never_null("dispatch", "reason"),
        migrations.RemoveField("release", "plain_reason"),
    ]
