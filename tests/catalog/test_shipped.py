"""Services that the product ships: added once, and then people's own."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from catalog.choices import Function
from catalog.domain.offers import offers_at
from catalog.models import Service, ServiceVersion
from catalog.services.publishing import edit_service, retire_service
from catalog.services.shipped import add_shipped_services
from tests.support.cast import Cast

DATA = settings.BASE_DIR / "data"


def test_every_function_has_a_service_at_every_center(cast: Cast) -> None:
    added = add_shipped_services(DATA)
    assert {Function(service.function) for service in added} == set(Function)
    assert {service.center for service in added} == {cast.city}
    assert [offer.service for offer in offers_at(cast.center)] == sorted(added, key=lambda one: one.pk)
    guidance = [service.title for service in added if service.function == Function.GUIDANCE]
    assert guidance == ["阵地场所", "指导策划", "业务培训"]


def test_nothing_is_said_that_the_article_doesnt_say(cast: Cast) -> None:
    for service in add_shipped_services(DATA):
        assert (service.place, service.minutes, service.bring, service.process) == ("", None, "", "")


def test_what_people_made_of_them_stays(cast: Cast) -> None:
    first, second, *_rest = add_shipped_services(DATA)
    edit_service(actor=None, service=first, title="改过的")
    retire_service(actor=None, service=second)
    versions = ServiceVersion.objects.count()
    assert add_shipped_services(DATA) == []
    assert ServiceVersion.objects.count() == versions
    assert Service.objects.get(pk=first.pk).title == "改过的"


def test_one_that_is_new_in_the_file_is_added(cast: Cast) -> None:
    add_shipped_services(DATA)
    gone = Service.objects.get(key="talks")
    gone.versions.all().delete()
    gone.delete()
    assert [service.key for service in add_shipped_services(DATA)] == ["talks"]


def file(folder: Path, *rows: str) -> Path:
    (folder / "services.csv").write_text("key,center,function,title,title_en,audience,channels\n" + "\n".join(rows))
    return folder


@pytest.mark.parametrize(
    "row", ["a,{code},roof,一,,members,on_site", "a,{code},talks,,,members,on_site", "a,{code},talks,一,,cats,on_site"]
)
def test_a_bad_row_is_named_and_nothing_is_kept(cast: Cast, tmp_path: Path, row: str) -> None:
    folder = file(tmp_path, f"ok,{cast.city.code},talks,好的,,members,on_site", row.format(code=cast.city.code))
    with pytest.raises(CommandError, match=r"services\.csv.*3"):
        call_command("import_services", folder=folder)
    assert not Service.objects.exists()


def test_a_center_that_isnt_here_is_left_out(cast: Cast, tmp_path: Path) -> None:
    assert add_shipped_services(file(tmp_path, "a,elsewhere,talks,一,,members,on_site")) == []


def test_the_command_says_how_many(cast: Cast) -> None:
    said = StringIO()
    call_command("import_services", stdout=said)
    assert said.getvalue() == "Services: 9 added\n"
