"""Approvals, releases and the outbox stand behind the tenant wall, and what has left stays on record."""

from django.db import migrations

from accounts.walls import Wall

_FREEZE = """
CREATE FUNCTION letters_gone_is_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a letter that has left stays on record';
    END IF;
    IF NEW.state <> OLD.state OR NEW.letter_id <> OLD.letter_id OR NEW.report_id IS DISTINCT FROM OLD.report_id THEN
        RAISE EXCEPTION 'a letter that has left is not called back';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letters_gone_is_gone BEFORE DELETE OR UPDATE ON letters_dispatch
    FOR EACH ROW WHEN (OLD.state IN ('accepted', 'posted', 'victim_sent')) EXECUTE FUNCTION letters_gone_is_gone();
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0003_release"), ("cases", "0003_release")]

    operations = [
        Wall("Release"),
        Wall("Approval"),
        Wall("Dispatch"),
        migrations.RunSQL(
            _FREEZE,
            "DROP TRIGGER letters_gone_is_gone ON letters_dispatch; DROP FUNCTION letters_gone_is_gone();",
        ),
    ]
