"""What is known of parts that were taken out of their case, so that the trail of the case stays whole."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import accounts.fields
import accounts.tenancy
import accounts.walls


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_audit_by_target"),
        ("cases", "0008_own_accounts_paid_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerPart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("agency_key", models.CharField(blank=True, default="", max_length=120)),
                (
                    "case",
                    accounts.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="cases.case"
                    ),
                ),
                (
                    "organization",
                    accounts.fields.OrganizationKey(
                        db_index=False,
                        default=accounts.tenancy.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        accounts.walls.Wall("FormerPart"),
    ]
