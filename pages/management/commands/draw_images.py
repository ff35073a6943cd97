"""`manage.py draw_images`: the drawings of `static/img` that have to be PNG, since chats and phones show no SVG."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from pages.management.commands.screenshots import browser

IMAGES = Path(settings.BASE_DIR) / "static" / "img"
# Width and height by name: the icon on a phone's home screen, the picture in a link's preview.
SIZES = {"touch-icon": (180, 180), "share": (1200, 630)}


class Command(BaseCommand):
    help = "Draw static/img/touch-icon.png and share.png from the SVG files beside them, with Chromium."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        with browser() as chromium:
            for name, (width, height) in SIZES.items():
                page = chromium.new_page(viewport={"width": width, "height": height})
                page.goto((IMAGES / f"{name}.svg").as_uri())
                image = IMAGES / f"{name}.png"
                page.screenshot(path=image)
                self.stdout.write(f"{image.name}  {image.stat().st_size / 1024:.0f} KB")
