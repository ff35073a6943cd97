"""Publishing services: adding, changing, adapting, switching off and on, withdrawing.

Managers and administrators of the center. Each verb checks its actor, waits for whoever else sets up the same center,
and leaves a version: who, when, all the words. What changes nothing leaves none, so that sending a form twice is
harmless.
"""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from catalog import exceptions as refused
from catalog import permissions
from catalog.choices import Verb
from catalog.domain.offers import Offer, known_at
from catalog.models import TITLE_ONCE, Service, ServiceVersion
from catalog.values.fields import ADAPTABLE, WORDS
from centers.access import Actor
from centers.domain.locks import lock_center
from centers.models import Center
from common import clock
from common.database import violates


@transaction.atomic
def create_service(*, actor: Actor, center: Center, key: str = "", **words: Any) -> Service:
    """Publish a service of `center` for itself and all below it. `words`: fields of `WORDS`; `key`: of a shipped one.

    Raises NotAllowed, TitleTaken, EnglishTitleAlone, or ValidationError for what is missing or out of range.
    """
    _must_know(words, WORDS)
    _must_manage(actor, center)
    lock_center(center.pk)
    return _publish(Service(center=center, key=key, **words), Verb.CREATE, actor)


@transaction.atomic
def edit_service(*, actor: Actor, service: Service, **changes: Any) -> Service:
    """Change the words of a service. Returns it as it is saved; `service` itself stays as it was.

    Raises NotAllowed, Retired, TitleTaken, EnglishTitleAlone, or ValidationError for what is missing or out of range.
    """
    _must_know(changes, WORDS)
    _must_manage(actor, service.center)
    lock_center(service.center_id)
    held = _original(service.pk)
    return _publish(held, Verb.EDIT, actor) if _put(held, changes) else held


@transaction.atomic
def adapt_service(*, actor: Actor, center: Center, service: Service, **changes: Any) -> Service:
    """Say a service from above in the words of `center`, for itself and all below it; blank: as above.

    Returns the adaptation; not saved where nothing was ever said. Raises NotAllowed, NotFromAbove, Retired,
    EnglishTitleAlone, or ValidationError for a value out of range.
    """
    _must_know(changes, ADAPTABLE)
    _must_manage(actor, center)
    held = _adaptation(center, _from_above(center, service))
    return _publish(held, Verb.EDIT, actor) if _put(held, changes) else held


@transaction.atomic
def switch_service(*, actor: Actor, center: Center, service: Service, on: bool) -> Service:
    """Switch a service off for `center` and all below it, or on again. Twice is harmless.

    Its own, or one from above. Raises NotAllowed, NotFromAbove, Retired, or SwitchedOffAbove where it can't be switched
    on here.
    """
    _must_manage(actor, center)
    if service.center_id == center.pk:
        lock_center(center.pk)
        held = _original(service.pk)
    else:
        offer = _from_above(center, service)
        if on and offer.is_off_above(center):
            raise refused.SwitchedOffAbove
        held = _adaptation(center, offer)
    return _publish(held, Verb.SWITCH_ON if on else Verb.SWITCH_OFF, actor) if _put(held, {"is_active": on}) else held


@transaction.atomic
def retire_service(*, actor: Actor, service: Service) -> Service:
    """Withdraw a service for good, here and below; its page and versions stay. Twice is harmless. Raises NotAllowed."""
    _must_manage(actor, service.center)
    lock_center(service.center_id)
    held = Service.objects.select_related("center").get(pk=service.pk)
    if held.retired_at is None:
        held.retired_at = clock.now()
        _publish(held, Verb.RETIRE, actor)
    return held


def _must_manage(actor: Actor, center: Center) -> None:
    if not permissions.can_manage_services(actor, center):
        raise refused.NotAllowed


def _must_know(changes: Mapping[str, Any], fields: tuple[str, ...]) -> None:
    unknown = set(changes) - set(fields)
    if unknown:
        raise TypeError(f"a service's {', '.join(sorted(unknown))} can't be set here")


def _original(pk: int) -> Service:
    """The service as it stands under the lock of its center. Raises Retired."""
    held = Service.objects.select_related("center").get(pk=pk)
    if held.retired_at is not None:
        raise refused.Retired
    return held


def _from_above(center: Center, service: Service) -> Offer:
    """Offer of a service from above at `center`, under the center's lock. Raises NotFromAbove, Retired."""
    lock_center(center.pk)
    known = (one for one in known_at(center) if one.service.pk == service.pk)
    offer = next(known, None)
    if offer is None or offer.service.center_id == center.pk:
        raise refused.NotFromAbove
    if offer.service.retired_at is not None:
        raise refused.Retired
    return offer


def _adaptation(center: Center, offer: Offer) -> Service:
    """The adaptation at `center`, a new one if there is none."""
    return offer.row_of(center) or Service(center=center, adapts=offer.service)


def _put(held: Service, changes: Mapping[str, Any]) -> bool:
    """Put the changes into the row; True where any differs from what it said."""
    differing = {name: value for name, value in changes.items() if getattr(held, name) != value}
    for name, value in differing.items():
        setattr(held, name, value)
    return bool(differing)


def _publish(held: Service, verb: Verb, actor: Actor) -> Service:
    """Save the row with its next version."""
    if held.title_en and not held.title:
        raise refused.EnglishTitleAlone
    held.version += 1
    held.updated_at = clock.now()
    held.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError as error:
        if violates(error, TITLE_ONCE):
            raise refused.TitleTaken from error
        raise
    ServiceVersion.objects.create(
        service=held,
        number=held.version,
        verb=verb,
        actor_id=actor.pk if actor is not None else None,
        at=held.updated_at,
        words={name: getattr(held, name) for name in (ADAPTABLE if held.adapts_id else WORDS)},
    )
    return held
