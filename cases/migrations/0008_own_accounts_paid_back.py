"""Where money came back, the account that received it is the victim's own, and encrypted like every own account."""

from typing import Any

from django.db import migrations

import accounts.fields
from accounts.tenancy import organization


def seal(apps: Any, _schema_editor: Any) -> None:
    for pk in apps.get_model("accounts", "Organization").objects.values_list("pk", flat=True):
        with organization(pk):
            rows = apps.get_model("cases", "Transfer").objects.filter(organization=pk, direction="returned")
            for transfer in rows.exclude(to_account=""):
                transfer.to_own_account, transfer.to_account = transfer.to_account, ""
                transfer.save(update_fields=["to_own_account", "to_account"])


def unseal(apps: Any, _schema_editor: Any) -> None:
    for pk in apps.get_model("accounts", "Organization").objects.values_list("pk", flat=True):
        with organization(pk):
            rows = apps.get_model("cases", "Transfer").objects.filter(organization=pk, direction="returned")
            for transfer in rows.filter(to_own_account__isnull=False):
                transfer.to_account = transfer.to_own_account
                transfer.save(update_fields=["to_account"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_identifier_search"), ("accounts", "0002_walls")]

    operations = [
        migrations.AddField("transfer", "to_own_account", accounts.fields.EncryptedTextField(blank=True, null=True)),
        migrations.RunPython(seal, unseal),
    ]
