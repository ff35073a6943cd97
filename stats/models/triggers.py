"""Triggers that keep what was published and what is locked as they are, whoever writes: superusers included."""

import pgtrigger

PUBLISHED_STAYS = "published_figures_stay"
LOCKED_STAYS = "locked_report_stays"
# Of a locked report nothing but its state and what belongs to reopening changes.
KEPT = (
    "month",
    "center_id",
    "revision",
    "locked_revision",
    "counted_revision",
    "first_submitted_at",
    "submitted_at",
    "submitted_by_id",
    "approved_at",
    "approved_by_id",
    "locked_at",
    "on_time",
)

published_stays = pgtrigger.Trigger(
    name="published_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        RAISE EXCEPTION 'what center % published of % stays', OLD.center_id, OLD.month
            USING ERRCODE = 'check_violation', CONSTRAINT = '{PUBLISHED_STAYS}';
    """,
)

_CHANGED_SQL = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in KEPT)
locked_stays = pgtrigger.Trigger(
    name="locked_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        IF TG_OP = 'DELETE' THEN
            IF OLD.locked_revision = 0 THEN
                RETURN OLD;
            END IF;
        ELSIF NEW.locked_revision >= OLD.locked_revision AND (
            OLD.state <> 'locked' OR (NEW.state IN ('locked', 'reopened') AND NOT ({_CHANGED_SQL}))
        ) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the report of center % of % is locked', OLD.center_id, OLD.month
            USING ERRCODE = 'check_violation', CONSTRAINT = '{LOCKED_STAYS}';
    """,
)
