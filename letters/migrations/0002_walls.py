"""Letters stand behind the tenant wall, and a sealed one is frozen by the database."""

from django.db import migrations

from accounts.walls import Wall

_FREEZE = """
CREATE FUNCTION letters_sealed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a sealed letter is not deleted';
    END IF;
    -- Withdrawal is the one thing that may still happen to it.
    OLD.withdrawn_at := NEW.withdrawn_at;
    IF NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a sealed letter does not change';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letters_sealed_stays BEFORE DELETE OR UPDATE ON letters_letter
    FOR EACH ROW WHEN (OLD.state = 'sealed') EXECUTE FUNCTION letters_sealed_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial"), ("cases", "0002_walls")]

    operations = [
        Wall("Letter"),
        migrations.RunSQL(
            _FREEZE,
            "DROP TRIGGER letters_sealed_stays ON letters_letter; DROP FUNCTION letters_sealed_stays();",
        ),
    ]
