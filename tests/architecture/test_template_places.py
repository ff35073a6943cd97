"""Where a partial stands: shared ones in `templates/components/`, an app's own in `templates/<app>/partials/`."""

import re

import pytest

from tests.architecture.sources import PROJECT, named, templates, text_of


def is_placed(parts: tuple[str, ...]) -> bool:
    """Whether the path of a partial, below `templates/`, is one of the two."""
    return parts[:-1] == ("components",) or (len(parts) == 3 and parts[1] == "partials")


@pytest.mark.parametrize(
    ("path", "placed"),
    [
        ("components/_tag.html", True),
        ("centers/partials/_tile.html", True),
        ("centers/_tile.html", False),
        ("components/forms/_tag.html", False),
        ("_tag.html", False),
    ],
)
def test_a_stray_partial_is_found(path, placed):
    assert is_placed(tuple(path.split("/"))) is placed


def test_partials_stand_in_their_places():
    ours = [
        path.relative_to(PROJECT / "templates") for path in templates() if path.is_relative_to(PROJECT / "templates")
    ]
    assert not [str(path) for path in ours if path.name.startswith("_") and not is_placed(path.parts)]
    assert not [
        str(path) for path in ours if path.parent.name in ("components", "partials") and not path.name.startswith("_")
    ]


INCLUDED = re.compile(r'\{% include "([\w/]+\.html)"')
# The templates of this library are pages of the app that sets it up.
SET_UP_BY = {"account": "accounts", "django": "components"}


def test_a_partial_is_included_by_its_own_app_alone():
    """What several apps include is a component; a component includes components."""
    foreign = []
    for path in templates():
        if not path.is_relative_to(PROJECT / "templates"):
            continue
        place = path.relative_to(PROJECT / "templates").parts[0]
        for included in INCLUDED.findall(text_of(path)):
            owner = included.split("/")[0]
            if "/partials/" in included and owner != SET_UP_BY.get(place, place):
                foreign.append(f"{named(path)} includes {included}")
    assert not foreign


def test_what_a_template_includes_or_extends_exists():
    """The page of an outage is rendered when nothing else may fail."""
    named_in = re.compile(r'\{% (?:include|extends) "([\w/.]+)"')
    missing = [
        f"{named(path)} names {name}"
        for path in templates()
        for name in named_in.findall(text_of(path))
        if not (PROJECT / "templates" / name).is_file() and not name.startswith("django/")
    ]
    assert not missing
