"""What the database itself refuses about the tree, by any path: each center under a level that may stand above its own.

Ranks descend along every rule and every parent row obeys a rule, so no chain of parents can come back to where it
began. All are deferred: a whole register may be loaded in one transaction, in any order.
"""

import pgtrigger

RULE_BROKEN = "center_parent_level_rule"
RANKS_BROKEN = "level_rule_ranks_descend"

ranks_descend = pgtrigger.Trigger(
    name="ranks_descend",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func=f"""
        IF NOT EXISTS (
            SELECT 1 FROM centers_level p, centers_level c WHERE p.code = NEW.parent_id AND c.code = NEW.child_id AND p.rank < c.rank
        ) THEN
            RAISE EXCEPTION 'level % can not stand above level %', NEW.parent_id, NEW.child_id
                USING ERRCODE = 'check_violation', CONSTRAINT = '{RANKS_BROKEN}';
        END IF;
        RETURN NULL;
    """,  # noqa: S608 (a constant of this module)
)

rank_keeps_rules = pgtrigger.Trigger(
    name="rank_keeps_rules",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("OLD.rank IS DISTINCT FROM NEW.rank"),
    timing=pgtrigger.Deferred,
    func=f"""
        IF EXISTS (
            SELECT 1 FROM centers_levelrule r, centers_level p, centers_level c
            WHERE NEW.code IN (r.parent_id, r.child_id) AND p.code = r.parent_id AND c.code = r.child_id AND p.rank >= c.rank
        ) THEN
            RAISE EXCEPTION 'rank % puts level % on the wrong side of a rule', NEW.rank, NEW.code
                USING ERRCODE = 'check_violation', CONSTRAINT = '{RANKS_BROKEN}';
        END IF;
        RETURN NULL;
    """,  # noqa: S608 (a constant of this module)
)

rule_in_use_stays = pgtrigger.Trigger(
    name="rule_in_use_stays",
    when=pgtrigger.After,
    operation=pgtrigger.Update | pgtrigger.Delete,
    timing=pgtrigger.Deferred,
    func=f"""
        IF EXISTS (
            SELECT 1 FROM centers_centerparent row, centers_center c, centers_center p
            WHERE c.id = row.center_id AND p.id = row.parent_id AND c.level_id = OLD.child_id AND p.level_id = OLD.parent_id
            AND NOT EXISTS (SELECT 1 FROM centers_levelrule r WHERE r.parent_id = OLD.parent_id AND r.child_id = OLD.child_id)
        ) THEN
            RAISE EXCEPTION 'centers of level % stand under level %', OLD.child_id, OLD.parent_id
                USING ERRCODE = 'check_violation', CONSTRAINT = '{RULE_BROKEN}';
        END IF;
        RETURN NULL;
    """,  # noqa: S608 (a constant of this module)
)

level_keeps_rules = pgtrigger.Trigger(
    name="level_keeps_rules",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("OLD.level_id IS DISTINCT FROM NEW.level_id"),
    timing=pgtrigger.Deferred,
    func=f"""
        IF EXISTS (
            SELECT 1 FROM centers_centerparent row, centers_center c, centers_center p
            WHERE NEW.id IN (row.center_id, row.parent_id) AND c.id = row.center_id AND p.id = row.parent_id
            AND NOT EXISTS (SELECT 1 FROM centers_levelrule r WHERE r.parent_id = p.level_id AND r.child_id = c.level_id)
        ) THEN
            RAISE EXCEPTION 'no rule lets center % be of level % where it stands', NEW.code, NEW.level_id
                USING ERRCODE = 'check_violation', CONSTRAINT = '{RULE_BROKEN}';
        END IF;
        RETURN NULL;
    """,  # noqa: S608 (a constant of this module)
)

level_rule_holds = pgtrigger.Trigger(
    name="level_rule_holds",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    func=f"""
        IF NOT EXISTS (
            SELECT 1 FROM centers_center c, centers_center p, centers_levelrule r
            WHERE c.id = NEW.center_id AND p.id = NEW.parent_id AND r.parent_id = p.level_id AND r.child_id = c.level_id
        ) THEN
            RAISE EXCEPTION 'no rule lets center % stand under center %', NEW.center_id, NEW.parent_id
                USING ERRCODE = 'check_violation', CONSTRAINT = '{RULE_BROKEN}';
        END IF;
        RETURN NULL;
    """,  # noqa: S608 (a constant of this module)
)
