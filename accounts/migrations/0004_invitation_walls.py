"""Who is invited is known within the organization only."""

from django.db import migrations

from accounts.walls import Wall


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_invitations")]

    operations = [Wall("Invitation")]
