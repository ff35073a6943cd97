"""Triggers that keep the kind of an activity and that of its detail the same."""

import pgtrigger

from activities.choices import ActivityKind

DETAIL_OF_ITS_KIND = "activity_detail_of_its_kind"
TABLES = {
    ActivityKind.TRAINING: "activities_trainingdetail",
    ActivityKind.RECEPTION: "activities_receptiondetail",
    ActivityKind.INSPECTION: "activities_inspectiondetail",
}


def of_kind(kind: ActivityKind) -> pgtrigger.Trigger:
    """Trigger of a detail's table: its activity is of this kind, and stays so until the transaction ends."""
    return pgtrigger.Trigger(
        name="of_its_kind",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("activity_id"),
        func=f"""
            PERFORM 1 FROM activities_activity WHERE id = NEW.activity_id AND kind = '{kind.value}' FOR SHARE;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'activity % is of another kind', NEW.activity_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{DETAIL_OF_ITS_KIND}';
            END IF;
            RETURN NEW;
        """,
    )


_OTHERS_SQL = " OR ".join(
    f"(now_is <> '{kind.value}' AND EXISTS (SELECT 1 FROM {table} WHERE activity_id = NEW.id))"  # noqa: S608 - ours
    for kind, table in TABLES.items()
)
# At the end of the transaction: the details may be changed before or after the kind.
kind_keeps_detail = pgtrigger.Trigger(
    name="kind_keeps_detail",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("kind"),
    timing=pgtrigger.Deferred,
    declare=[("now_is", "text")],
    condition=pgtrigger.Condition("OLD.kind IS DISTINCT FROM NEW.kind"),
    func=f"""
        SELECT kind INTO now_is FROM activities_activity WHERE id = NEW.id;
        IF {_OTHERS_SQL} THEN
            RAISE EXCEPTION 'activity % has a detail of another kind', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = '{DETAIL_OF_ITS_KIND}';
        END IF;
        RETURN NULL;
    """,  # noqa: S608 - put together of the choices alone
)
