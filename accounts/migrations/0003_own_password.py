from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import migrations, models


def ask_who_was_entered(apps: Any, schema_editor: Any) -> None:
    """Until now nobody could change the password that somebody else had chosen for them."""
    people = apps.get_model("accounts", "User").objects.filter(is_demo=False)
    people.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).update(must_set_password=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_user_name_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="must_set_password",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(ask_who_was_entered, migrations.RunPython.noop, elidable=True),
    ]
