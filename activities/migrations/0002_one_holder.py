"""One holder an account. Where there are several, the first stays; the others become family or friends."""

from django.conf import settings
from django.db import migrations, models


ONE_EACH = """
    UPDATE activities_participant AS later SET relation = 'other'
    WHERE relation = 'self' AND EXISTS (
        SELECT 1 FROM activities_participant AS first
        WHERE first.account_id = later.account_id AND first.relation = 'self' AND first.id < later.id
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0001_initial"),
        ("centers", "0007_role_withdrawn_at"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(ONE_EACH, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("relation", "self")), fields=("account",), name="participant_one_holder"
            ),
        ),
    ]
