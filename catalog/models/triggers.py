"""Constraint triggers of adaptations: they adapt from above, and neither they nor originals change sides."""

import pgtrigger

from centers.models.triggers import refuse

FROM_ABOVE = "service_adapts_from_above"
STAYS = "service_stays_where_it_is"

# Of no particular day: the tree is dated, and the database doesn't know the product's clock. Today's tree is the
# service's question.
adapts_from_above = refuse(
    "adapts_from_above",
    pgtrigger.Insert,
    """NEW.adapts_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM catalog_service o, centers_centerancestor a
            WHERE o.id = NEW.adapts_id AND o.adapts_id IS NULL
            AND a.center_id = NEW.center_id AND a.ancestor_id = o.center_id AND a.depth > 0
        )""",
    message="'center % does not stand below the service %', NEW.center_id, NEW.adapts_id",
    constraint=FROM_ABOVE,
)

stays_where_it_is = refuse(
    "stays_where_it_is",
    pgtrigger.Update,
    "TRUE",
    message="'service % keeps its center and what it adapts', NEW.id",
    constraint=STAYS,
    condition=pgtrigger.Condition(
        "OLD.center_id IS DISTINCT FROM NEW.center_id OR OLD.adapts_id IS DISTINCT FROM NEW.adapts_id"
    ),
)
