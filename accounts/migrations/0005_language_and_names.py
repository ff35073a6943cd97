from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import migrations, models

from accounts.values.usernames import normalise_username


def write_names_one_way(apps: Any, schema_editor: Any) -> None:
    """Names are read that way at sign-in from now on. One that another person has already stays as it is: their manager makes a new account."""
    people = apps.get_model("accounts", "User").objects
    for pk, name in people.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).values_list("pk", "username"):
        plain = normalise_username(name)
        if plain != name and not people.exclude(pk=pk).filter(username__iexact=plain).exists():
            people.filter(pk=pk).update(username=plain)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_password_reset"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(blank=True, default="", editable=False, max_length=10),
            preserve_default=False,
        ),
        migrations.RunPython(write_names_one_way, migrations.RunPython.noop, elidable=True),
    ]
