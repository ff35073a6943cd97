"""Rows of services that the database refuses, for `test_constraints.py`."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from catalog.choices import Channel, Function, Verb
from catalog.models import KEY_ONCE, ONE_ADAPTATION, TITLE_ONCE, Service, ServiceVersion
from catalog.models.triggers import FROM_ABOVE, STAYS
from common import clock
from tests.factories.catalog import make_service

Bad = Callable[[Any], Iterable[models.Model] | Callable[[], Any]]


def written(world: Any, **fields: Any) -> Service:
    return Service(
        **{"center": world.center, "title": "演示", "function": Function.TALKS, "updated_at": clock.now(), **fields}
    )


def adaptation(world: Any, original: Service, **fields: Any) -> Service:
    return Service(center=world.center, adapts=original, updated_at=clock.now(), **fields)


def adapted(**fields: Any) -> Bad:
    return lambda world: [adaptation(world, make_service(world.cast.city), **fields)]


def adapted_twice(world: Any) -> list[models.Model]:
    original = make_service(world.cast.city)
    return [adaptation(world, original), adaptation(world, original)]


def adapted_from_the_side(world: Any) -> list[models.Model]:
    return [adaptation(world, make_service(world.cast.sibling))]


def version_twice(world: Any) -> list[models.Model]:
    service = make_service(world.center)
    return [ServiceVersion(service=service, number=service.version, verb=Verb.EDIT, at=clock.now(), words={})]


REFUSED: dict[str, Bad] = {
    TITLE_ONCE: lambda world: [written(world), written(world)],
    ONE_ADAPTATION: adapted_twice,
    KEY_ONCE: lambda world: [written(world, title=title, key="once") for title in ("一", "二")],
    "service_has_title_and_function": lambda world: [written(world, function="")],
    "service_adaptation_changes_words_alone": adapted(channels=[Channel.PHONE]),
    "service_english_title_beside_its_own": adapted(title_en="Alone"),
    "service_version_once": version_twice,
}

TRIGGERED: dict[str, tuple[str, Bad]] = {
    "Service.adapts_from_above": (FROM_ABOVE, adapted_from_the_side),
    "Service.stays_where_it_is": (
        STAYS,
        lambda world: (
            lambda: Service.objects.filter(pk=make_service(world.center).pk).update(center=world.cast.sibling)
        ),
    ),
}
