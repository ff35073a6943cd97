"""Constraint triggers of the tree: each center stands under a level that may stand above its own.

Ranks descend along every rule and every parent row obeys a rule, so no chain of parents can come back to where it
began. All are deferred: a whole register may be loaded in one transaction, in any order.
"""

from typing import Any

import pgtrigger

RULE_BROKEN = "center_parent_level_rule"
RANKS_BROKEN = "level_rule_ranks_descend"


def refuse(name: str, operation: pgtrigger.Operation, check: str, *, message: str, constraint: str, **more: Any) -> Any:
    """Deferred trigger after each row: raises a violation of `constraint` where the SQL condition `check` holds.

    `message` is a format of RAISE with its arguments.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=f"""
        IF {check} THEN
            RAISE EXCEPTION {message}
                USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
        END IF;
        RETURN NULL;
    """,
        **more,
    )


ranks_descend = refuse(
    "ranks_descend",
    pgtrigger.Insert | pgtrigger.Update,
    """NOT EXISTS (
            SELECT 1 FROM centers_level p, centers_level c WHERE p.code = NEW.parent_id AND c.code = NEW.child_id AND p.rank < c.rank
        )""",
    message="'level % can not stand above level %', NEW.parent_id, NEW.child_id",
    constraint=RANKS_BROKEN,
)

rank_keeps_rules = refuse(
    "rank_keeps_rules",
    pgtrigger.Update,
    """EXISTS (
            SELECT 1 FROM centers_levelrule r, centers_level p, centers_level c
            WHERE NEW.code IN (r.parent_id, r.child_id) AND p.code = r.parent_id AND c.code = r.child_id AND p.rank >= c.rank
        )""",
    message="'rank % puts level % on the wrong side of a rule', NEW.rank, NEW.code",
    constraint=RANKS_BROKEN,
    condition=pgtrigger.Condition("OLD.rank IS DISTINCT FROM NEW.rank"),
)

rule_in_use_stays = refuse(
    "rule_in_use_stays",
    pgtrigger.Update | pgtrigger.Delete,
    """EXISTS (
            SELECT 1 FROM centers_centerparent row, centers_center c, centers_center p
            WHERE c.id = row.center_id AND p.id = row.parent_id AND c.level_id = OLD.child_id AND p.level_id = OLD.parent_id
            AND NOT EXISTS (SELECT 1 FROM centers_levelrule r WHERE r.parent_id = OLD.parent_id AND r.child_id = OLD.child_id)
        )""",
    message="'centers of level % stand under level %', OLD.child_id, OLD.parent_id",
    constraint=RULE_BROKEN,
)

level_keeps_rules = refuse(
    "level_keeps_rules",
    pgtrigger.Update,
    """EXISTS (
            SELECT 1 FROM centers_centerparent row, centers_center c, centers_center p
            WHERE NEW.id IN (row.center_id, row.parent_id) AND c.id = row.center_id AND p.id = row.parent_id
            AND NOT EXISTS (SELECT 1 FROM centers_levelrule r WHERE r.parent_id = p.level_id AND r.child_id = c.level_id)
        )""",
    message="'no rule lets center % be of level % where it stands', NEW.code, NEW.level_id",
    constraint=RULE_BROKEN,
    condition=pgtrigger.Condition("OLD.level_id IS DISTINCT FROM NEW.level_id"),
)

level_rule_holds = refuse(
    "level_rule_holds",
    pgtrigger.Insert | pgtrigger.Update,
    """NOT EXISTS (
            SELECT 1 FROM centers_center c, centers_center p, centers_levelrule r
            WHERE c.id = NEW.center_id AND p.id = NEW.parent_id AND r.parent_id = p.level_id AND r.child_id = c.level_id
        )""",
    message="'no rule lets center % stand under center %', NEW.center_id, NEW.parent_id",
    constraint=RULE_BROKEN,
)
