"""Who works on a case is known within the organization only."""

from django.db import migrations

from accounts.walls import Wall


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_access")]

    operations = [Wall("CaseAssignment"), Wall("CaseShare")]
