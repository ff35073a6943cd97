"""Grant on the context of pghistory, which says who made a change. Its own function updates the row when more is known, so the application must be able to:
a trigger lets it add to what is written there, never change it. Plain SQL: a trigger of pgtrigger could be switched off by a setting."""

from django.db import migrations

GUARD = """
    CREATE FUNCTION history_context_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at OR NOT NEW.metadata @> OLD.metadata THEN
            RAISE EXCEPTION 'what is written of who made a change stays' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER history_context_only_grows BEFORE UPDATE ON pghistory_context
        FOR EACH ROW EXECUTE FUNCTION history_context_only_grows();
"""
UNGUARD = """
    DROP TRIGGER history_context_only_grows ON pghistory_context;
    DROP FUNCTION history_context_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0001_database"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
