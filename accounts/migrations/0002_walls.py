"""Walls every tenant table of this app, and makes the audit trail unchangeable."""

from django.db import migrations

from accounts.walls import Wall

# ENABLE ALWAYS: the trigger also fires for whoever sets session_replication_role to replica.
REFUSE_CHANGES = """
CREATE FUNCTION accounts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the audit trail only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_change();
ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_append_only;
"""
ALLOW_CHANGES = """
DROP TRIGGER audit_append_only ON accounts_auditentry;
DROP FUNCTION accounts_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        Wall("membership", own_rows=True),
        Wall("datakey"),
        Wall("signingkey"),
        Wall("auditentry"),
        Wall("audithead"),
        migrations.RunSQL(REFUSE_CHANGES, ALLOW_CHANGES),
    ]
