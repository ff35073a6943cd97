"""`manage.py startapp NAME`.

Django's command with this project's skeleton, and the name put into every list that can't be derived.
"""

import contextlib
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.startapp import Command as DjangoCommand

TEMPLATE = Path(__file__).resolve().parents[2] / "app_template"
ROWS = '''"""{name}: a row an address."""

from tests.architecture.permission_table import Row

ROWS: tuple[Row, ...] = ()
'''
# A list of app names in pyproject.toml, on one line.
LIST = re.compile(r'^(?P<key>[\w-]+ = )\[(?P<names>(?:"[\w]+"(?:, )?)+)\]$', re.MULTILINE)


class Command(DjangoCommand):
    help = "Make an app of the skeleton, named in the lists of apps, with tests and a file of the permission table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--above", default="bookings", metavar="APP", help="the app it may import, with all below")
        parser.add_argument("--project", type=Path, default=settings.BASE_DIR, help="folder of the project")

    def handle(self, **options: Any) -> None:  # type: ignore[override]  # as Django's own startapp
        name, above, project = options["name"], options.pop("above"), options.pop("project")
        if not (project / above / "apps.py").exists():
            raise CommandError(f"There is no app {above}.")
        options["template"] = options["template"] or str(TEMPLATE)
        # Django makes the folder once it has found the name free; made before, the folder itself would take the name.
        with contextlib.chdir(project):
            super().handle(**options)
        for file, put in (
            ("pyproject.toml", name_in_lists),
            ("pingh_portal/settings/base.py", name_among_installed),
            ("pingh_portal/urls.py", name_among_addresses),
        ):
            path = project / file
            path.write_text(put(path.read_text(encoding="utf-8"), name, above), encoding="utf-8")
        (project / "tests" / name).mkdir()
        (project / "tests/architecture/rows" / f"{name}.py").write_text(ROWS.format(name=name.capitalize()))


def name_in_lists(text: str, name: str, above: str) -> str:
    """pyproject.toml with the app in each list of apps: by the alphabet in ordered lists, else before `above`."""

    def put(found: re.Match[str]) -> str:
        names = re.findall(r'"(\w+)"', found["names"])
        if above not in names or name in names:
            return found[0]
        apps = [one for one in names if one not in ("django", "celery")]
        place = names.index(above)
        if apps == sorted(apps):
            place = next((names.index(one) for one in apps if one > name), len(apps))
        names.insert(place, name)
        return f"{found['key']}[{', '.join(f'{chr(34)}{one}{chr(34)}' for one in names)}]"

    return LIST.sub(put, text)


def name_among_installed(text: str, name: str, above: str) -> str:
    """The settings with the app installed before `above`, so that its templates and commands come first."""
    return text.replace(f'    "{above}",\n', f'    "{name}",\n    "{above}",\n', 1)


def name_among_addresses(text: str, name: str, above: str) -> str:
    """The addresses with the app's own before those of `above`."""
    line = f'    path("", include("{above}.urls")),\n'
    return text.replace(line, f'    path("", include("{name}.urls")),\n{line}', 1)
