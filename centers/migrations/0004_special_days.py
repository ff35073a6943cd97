"""Hours of one date are special days; "exception" is the word for errors."""

import datetime as dt

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.db.models import F, Q

CLOSES_AFTER_OPENING = Q(closes__gt=F("opens")) | Q(closes=dt.time(0))


class Migration(migrations.Migration):
    dependencies = [("centers", "0003_open_until_midnight")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="hoursexception", name="insert_insert"),
        pgtrigger.migrations.RemoveTrigger(model_name="hoursexception", name="update_update"),
        migrations.RemoveConstraint(model_name="hoursexception", name="exception_is_hours_or_shut"),
        migrations.RemoveConstraint(model_name="hoursexception", name="exception_once"),
        migrations.RenameModel("HoursException", "SpecialDay"),
        migrations.RenameModel("HoursExceptionHistory", "SpecialDayHistory"),
        migrations.AlterField(
            model_name="specialday",
            name="center",
            field=models.ForeignKey(
                on_delete=models.deletion.CASCADE, related_name="special_days", to="centers.center"
            ),
        ),
        migrations.AddConstraint(
            model_name="specialday",
            constraint=models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | (Q(opens__isnull=False, closes__isnull=False) & CLOSES_AFTER_OPENING),
                name="special_day_is_hours_or_shut",
            ),
        ),
        migrations.AddConstraint(
            model_name="specialday",
            constraint=models.UniqueConstraint(
                fields=["center", "day", "opens"], name="special_day_once", nulls_distinct=False
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specialday",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "centers_specialdayhistory" ("center_id", "closes", "day", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."center_id", NEW."closes", NEW."day", NEW."id", NEW."opens", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                    hash="66c16add17c7a460afa6ad34db54eac3776d404b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c0a34",
                    table="centers_specialday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="specialday",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "centers_specialdayhistory" ("center_id", "closes", "day", "id", "opens", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."center_id", NEW."closes", NEW."day", NEW."id", NEW."opens", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                    hash="912a9eca907e8ea7428475dd376951b758b3e1f4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ee8a3",
                    table="centers_specialday",
                    when="AFTER",
                ),
            ),
        ),
    ]
