"""SQL statements that build the closure table from the dated parents; run by `centers.services.tree` alone."""

# One change of the tree at a time: each rebuild must see the parents that the one before it left.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('centers.services.tree'))"

# Level rules make cycles impossible, but only once their deferred checks have run: have them run before following
# parents upward.
CHECK_RULES = "SET CONSTRAINTS ALL IMMEDIATE"
DEFER_AGAIN = "SET CONSTRAINTS ALL DEFERRED"

# These centers and whatever has ever stood below them.
SUBTREE = """
    WITH RECURSIVE down(center_id) AS (
        SELECT unnest(%s::bigint[])
        UNION
        SELECT row.center_id FROM down JOIN centers_centerparent row ON row.parent_id = down.center_id
    )
    SELECT center_id FROM down
"""

# Up from each center, keeping on the way only the dates on which every step of the path held.
UNFOLD = """
    WITH RECURSIVE up(center_id, ancestor_id, depth, valid) AS (
        SELECT id, id, 0, daterange(NULL, NULL) FROM centers_center WHERE %(all)s OR id = ANY(%(ids)s::bigint[])
        UNION ALL
        SELECT up.center_id, row.parent_id, up.depth + 1, up.valid * row.valid
        FROM up JOIN centers_centerparent row ON row.center_id = up.ancestor_id AND row.valid && up.valid
    )
    INSERT INTO centers_centerancestor (center_id, ancestor_id, depth, valid)
    SELECT center_id, ancestor_id, depth, valid FROM up
"""

CLEAR = "DELETE FROM centers_centerancestor WHERE center_id = ANY(%s)"
CLEAR_ALL = "DELETE FROM centers_centerancestor"
