"""Every table of a case stands behind the database's tenant wall."""

from django.db import migrations

from accounts.walls import Wall


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("accounts", "0002_walls")]

    operations = [
        Wall("Case"),
        Wall("CaseCounter"),
        Wall("Victim"),
        Wall("Reporter"),
        Wall("Identifier"),
        Wall("Transfer"),
        Wall("TimelineEvent"),
        Wall("Report"),
        Wall("Consent"),
        Wall("Evidence"),
    ]
