import datetime as dt

from django.db import migrations, models
from django.db.models import F, Q

CLOSES_AFTER_OPENING = Q(closes__gt=F("opens")) | Q(closes=dt.time(0))


class Migration(migrations.Migration):
    dependencies = [
        ("centers", "0002_english_names"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="hoursexception", name="exception_is_hours_or_shut"),
        migrations.RemoveConstraint(model_name="weeklyhours", name="hours_close_after_opening"),
        migrations.AddConstraint(
            model_name="hoursexception",
            constraint=models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | (Q(opens__isnull=False, closes__isnull=False) & CLOSES_AFTER_OPENING),
                name="exception_is_hours_or_shut",
            ),
        ),
        migrations.AddConstraint(
            model_name="weeklyhours",
            constraint=models.CheckConstraint(condition=CLOSES_AFTER_OPENING, name="hours_close_after_opening"),
        ),
    ]
