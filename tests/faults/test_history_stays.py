"""The trail of who changed what, against the application's own role: also the part that says who."""

from typing import Any

import pghistory
import pytest
from django.db import DatabaseError, connection, transaction
from pghistory.models import Context

from centers.models import Center

WHO = {"user": 1}


@pytest.fixture
def context(db: None) -> Context:
    """Of a change that user 1 made."""
    with pghistory.context(**WHO), transaction.atomic():
        Center.objects.filter(code="330482").update(address="一号")
    return Context.objects.latest("created_at")


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE pghistory_context SET metadata = '{"user": 2}'""",
        "UPDATE pghistory_context SET metadata = '{}'",
        "UPDATE pghistory_context SET id = gen_random_uuid()",
        "UPDATE pghistory_context SET created_at = now() - interval '1 year'",
        "DELETE FROM pghistory_context",
        "TRUNCATE pghistory_context",
    ],
)
def test_who_did_it_can_not_be_rewritten(context: Context, app_role: None, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    context.refresh_from_db()
    assert context.metadata == WHO


def test_nor_by_pretending_to_be_in_its_context(context: Context, app_role: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', %s, true)", [str(context.pk)])
        cursor.execute("""SELECT set_config('pghistory.context_metadata', '{"user": 2}', true)""")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE centers_center SET address = '二号' WHERE code = '330482'")


def test_but_a_context_that_learns_more_is_kept(db: None, app_role: None) -> None:
    with pghistory.context(user=1), transaction.atomic():
        Center.objects.filter(code="330482").update(address="一号")
        with pghistory.context(reason="x"):
            Center.objects.filter(code="330482").update(address="二号")
    known: Any = Context.objects.latest("created_at").metadata
    assert known == {"user": 1, "reason": "x"}
