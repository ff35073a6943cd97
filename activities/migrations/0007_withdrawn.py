from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0006_kinds"),
        ("bookings", "0007_moves"),
        ("centers", "0008_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_of_booking_once",
        ),
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_of_series_once_a_day",
        ),
        migrations.AlterField(
            model_name="activity",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("published", "Published"),
                    ("recorded", "Recorded"),
                    ("archived", "Archived"),
                    ("cancelled", "Cancelled"),
                    ("withdrawn", "Taken back"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="activityevent",
            name="to_state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("published", "Published"),
                    ("recorded", "Recorded"),
                    ("archived", "Archived"),
                    ("cancelled", "Cancelled"),
                    ("withdrawn", "Taken back"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="activityevent",
            name="verb",
            field=models.CharField(
                choices=[
                    ("create", "Entered"),
                    ("publish", "Published"),
                    ("edit", "Edited"),
                    ("move", "Moved"),
                    ("cancel", "Cancelled"),
                    ("record", "Recorded"),
                    ("revise", "Record corrected"),
                    ("archive", "Archived"),
                    ("reopen", "Taken out of the archive"),
                    ("import", "Imported"),
                    ("withdraw", "Taken back"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "published", "recorded", "archived", "cancelled", "withdrawn"])
                ),
                name="activity_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("cancelled", "withdrawn")), _negated=True),
                fields=("booking",),
                name="activity_of_booking_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("cancelled", "withdrawn")), _negated=True),
                fields=("series", "series_day"),
                name="activity_of_series_once_a_day",
            ),
        ),
    ]
