"""Static files finder that joins the style sheets of `static/css` into one, `css/portal.css`.

A page asks for one file, however many components there are. The order is that of the cascade: tokens, elements and
layout, the components, what pages lay out of them, and the utilities, which win.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

BUNDLE = "css/portal.css"
SOURCES = Path(settings.BASE_DIR) / "static" / "css"
ORDER = ("tokens.css", "base.css", "layout.css", "components/*.css", "pages/*.css", "utilities.css")


def sheets() -> list[Path]:
    """The style sheets in the order of the cascade; of a directory, by name."""
    return [path for pattern in ORDER for path in sorted(SOURCES.glob(pattern))]


def joined(paths: Iterable[Path]) -> str:
    """The text of the bundle; each sheet begins with a comment that names it, for whoever reads it in a browser."""
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


class BundleFinder(BaseFinder):
    """Find the bundle, written anew whenever a sheet has changed.

    `collectstatic` hashes and compresses it, `runserver` and the tests serve it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "bundle")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != BUNDLE:
            return []
        written = str(self.write())
        return [written] if find_all or kwargs.get("all") else written

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        if not matches_patterns(BUNDLE, ignore_patterns or []):
            self.write()
            yield BUNDLE, self.storage

    def write(self) -> Path:
        """The bundle's file, put in place whole since several processes may do it at once.

        Untouched while nothing changes.
        """
        place = Path(self.storage.path(BUNDLE))
        text = joined(sheets())
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            draft = place.with_suffix(f".{os.getpid()}")
            draft.write_text(text, encoding="utf-8")
            draft.replace(place)
        return place
