from django.db import migrations, models

# Of sign-ups made before, what is said of the person now is all that is known.
AS_SAID_NOW = """
    UPDATE activities_signup AS sign_up SET was_minor = true FROM activities_participant AS person
    WHERE person.id = sign_up.participant_id AND person.relation = 'child'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0009_visit_declined"),
    ]

    operations = [
        migrations.AddField(
            model_name="signup",
            name="was_minor",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(AS_SAID_NOW, migrations.RunSQL.noop),
    ]
