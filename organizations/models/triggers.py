"""Constraint trigger of the hierarchy: no organisation stands below itself, however many steps down."""

import pgtrigger

# At the end of the transaction: a whole sheet is written in any order. Two that would make a cycle together queue for
# the lock, and the second then sees what the first wrote.
no_cycle = pgtrigger.Trigger(
    name="no_cycle",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Condition("NEW.parent_id IS NOT NULL"),
    func="""
        PERFORM pg_advisory_xact_lock(hashtext('organizations'), 0);
        IF EXISTS (
            WITH RECURSIVE above(id) AS (
                SELECT parent_id FROM organizations_organization WHERE id = NEW.id
                UNION
                SELECT o.parent_id FROM organizations_organization o JOIN above ON o.id = above.id
            )
            SELECT 1 FROM above WHERE id = NEW.id
        ) THEN
            RAISE EXCEPTION 'organisation % stands below itself', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'organization_no_cycle';
        END IF;
        RETURN NULL;
    """,
)
