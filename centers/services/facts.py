"""Public facts of a center: phone, address and English name."""

from django.db import transaction

from centers import exceptions as refused
from centers import permissions
from centers.access import Actor
from centers.domain.locks import lock_center
from centers.models import Center


@transaction.atomic
def change_facts(*, actor: Actor, center: Center, phone: str, address: str, name_en: str) -> Center:
    """Set phone, address and English name. An English name that people chose stays theirs; blank, it is derived again.

    Raises NotAllowed.

    Only these columns are written: somebody else may be renaming the center.
    """
    if not permissions.can_manage(actor, center):
        raise refused.NotAllowed
    held = lock_center(center.pk)
    if held.name_en != name_en:
        held.is_name_en_derived = not name_en
    held.phone, held.address, held.name_en = phone, address, name_en
    held.save(update_fields=["phone", "address", "name_en", "is_name_en_derived"])
    return held
