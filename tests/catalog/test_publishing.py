"""Publishing, changing, adapting, switching and withdrawing: what each writes, and what it refuses."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from catalog import exceptions as refused
from catalog.choices import Audience, Channel, Function, Verb
from catalog.models import Service, ServiceVersion
from catalog.services.publishing import adapt_service, create_service, edit_service, retire_service, switch_service
from tests.factories.catalog import adapt, make_service, switch_off
from tests.support.cast import Cast
from tests.support.time import TestClock

OUTSIDERS = ("anonymous", "resident", "staff", "sibling_manager", "other_town_admin")
WORDS: dict[str, Any] = {
    "function": Function.TALKS,
    "title": "谈心交流",
    "audience": [Audience.RESIDENTS],
    "channels": [Channel.ON_SITE],
}


def test_a_service_is_published_with_its_first_version(cast: Cast, clock: TestClock) -> None:
    service = create_service(actor=cast["manager"], center=cast.center, **WORDS)
    version = ServiceVersion.objects.get()
    assert (version.service, version.number, version.verb) == (service, 1, Verb.CREATE)
    assert (version.actor, version.at) == (cast["manager"], clock.now)
    assert {name: version.words[name] for name in WORDS} == WORDS


def test_each_change_is_a_version_and_no_change_is_none(cast: Cast, clock: TestClock) -> None:
    service = make_service(cast.center)
    clock.advance(days=1)
    changed = edit_service(actor=cast["manager"], service=service, place="一楼", minutes=20)
    assert (changed.place, changed.minutes, changed.version, changed.updated_at) == ("一楼", 20, 2, clock.now)
    clock.advance(days=1)
    again = edit_service(actor=cast["manager"], service=service, place="一楼")
    assert (again.version, again.updated_at) == (2, changed.updated_at)
    assert [version.words["place"] for version in service.versions.order_by("number")] == ["", "一楼"]


def test_a_version_cant_be_rewritten(cast: Cast, app_role: None) -> None:
    make_service(cast.center)
    for change in (lambda: ServiceVersion.objects.update(words={}), lambda: ServiceVersion.objects.all().delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_do_nothing(cast: Cast, role: str) -> None:
    service, above, who = make_service(cast.center), make_service(cast.city, "市"), cast[role]
    attempts = (
        lambda: create_service(actor=who, center=cast.center, **WORDS),
        lambda: edit_service(actor=who, service=service, place="x"),
        lambda: adapt_service(actor=who, center=cast.center, service=above, place="x"),
        lambda: switch_service(actor=who, center=cast.center, service=above, on=False),
        lambda: retire_service(actor=who, service=service),
    )
    for attempt in attempts:
        with pytest.raises(refused.NotAllowed):
            attempt()
    assert ServiceVersion.objects.count() == 2


def test_a_manager_adapts_what_is_above_and_cant_edit_it(cast: Cast) -> None:
    service = make_service(cast.city)
    with pytest.raises(refused.NotAllowed):
        edit_service(actor=cast["manager"], service=service, place="x")
    row = adapt_service(actor=cast["manager"], center=cast.center, service=service, place="村里")
    assert (row.adapts, row.center, row.version) == (service, cast.center, 1)
    again = adapt_service(actor=cast["manager"], center=cast.center, service=service, place="村里", minutes=10)
    assert (again.pk, again.version) == (row.pk, 2)


@pytest.mark.parametrize("place", ["center", "sibling", "other_town"])
def test_only_what_stands_above_is_adapted(cast: Cast, place: str) -> None:
    service = make_service(getattr(cast, place))
    target = cast.center
    with pytest.raises(refused.NotFromAbove):
        adapt_service(actor=None, center=target, service=service, place="x")


def test_an_adaptation_isnt_adapted(cast: Cast) -> None:
    row = adapt(cast.town, make_service(cast.city), place="镇里")
    with pytest.raises(refused.NotFromAbove):
        adapt_service(actor=None, center=cast.center, service=row, place="x")


def test_an_adaptation_changes_words_alone(cast: Cast) -> None:
    service = make_service(cast.city)
    with pytest.raises(TypeError):
        adapt_service(actor=None, center=cast.center, service=service, function=Function.TALKS)
    with pytest.raises(TypeError):
        edit_service(actor=None, service=service, is_active=False)


def test_switching_twice_is_harmless(cast: Cast) -> None:
    service = make_service(cast.city)
    for on, verb in (
        (False, Verb.SWITCH_OFF),
        (False, Verb.SWITCH_OFF),
        (True, Verb.SWITCH_ON),
        (True, Verb.SWITCH_ON),
    ):
        row = switch_service(actor=cast["manager"], center=cast.center, service=service, on=on)
        assert row.versions.first().verb == verb  # type: ignore[union-attr]
    assert ServiceVersion.objects.filter(service__adapts=service).count() == 2


def test_what_is_off_above_isnt_switched_on_here(cast: Cast) -> None:
    service = make_service(cast.city)
    switch_off(cast.center, service)
    switch_off(cast.town, service)
    with pytest.raises(refused.SwitchedOffAbove):
        switch_service(actor=cast["manager"], center=cast.center, service=service, on=True)


def test_what_is_withdrawn_stays_so(cast: Cast) -> None:
    service = make_service(cast.center)
    for _ in range(2):
        retire_service(actor=cast["manager"], service=service)
    assert [version.verb for version in service.versions.all()] == [Verb.RETIRE, Verb.CREATE]
    for attempt in (
        lambda: edit_service(actor=None, service=service, place="x"),
        lambda: switch_service(actor=None, center=cast.center, service=service, on=False),
    ):
        with pytest.raises(refused.Retired):
            attempt()
    assert make_service(cast.center).pk != service.pk, "its title is free again"


def test_what_is_withdrawn_isnt_adapted(cast: Cast) -> None:
    service = make_service(cast.city)
    retire_service(actor=None, service=service)
    with pytest.raises(refused.Retired):
        adapt_service(actor=None, center=cast.center, service=service, place="x")


def test_a_center_has_a_title_once(cast: Cast) -> None:
    service, other = make_service(cast.center, "一"), make_service(cast.center, "二")
    with pytest.raises(refused.TitleTaken):
        make_service(cast.center, "一")
    with pytest.raises(refused.TitleTaken):
        edit_service(actor=None, service=other, title="一")
    make_service(cast.sibling, "一")
    assert Service.objects.get(pk=service.pk).title == "一"


def test_an_english_title_needs_one_in_chinese_beside_it(cast: Cast) -> None:
    service = make_service(cast.city)
    with pytest.raises(refused.EnglishTitleAlone):
        adapt_service(actor=None, center=cast.center, service=service, title_en="Alone")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("function", "roof"),
        ("audience", []),
        ("audience", ["cats"]),
        ("channels", []),
        ("minutes", 0),
        ("minutes", 1441),
        ("place", "长" * 101),
    ],
)
def test_what_is_missing_or_out_of_range_is_named(cast: Cast, field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as error:
        create_service(actor=None, center=cast.center, **{**WORDS, field: value})
    assert list(error.value.message_dict) == [field]
    assert not ServiceVersion.objects.exists()


def test_a_refusal_leaves_the_callers_service_alone(cast: Cast) -> None:
    make_service(cast.center, "一")
    other = make_service(cast.center, "二")
    with pytest.raises(refused.TitleTaken):
        edit_service(actor=None, service=other, title="一")
    assert other.title == "二"
