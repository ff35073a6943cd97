"""`python docs/pictures/draw_images.py`.

The drawings of `static/img` that have to be PNG, since chats and phones show no SVG.
"""

from pathlib import Path

from make import PROJECT, browser

IMAGES = Path(PROJECT) / "static" / "img"
# Width and height by name: the icon on a phone's home screen, the picture in a link's preview.
SIZES = {"touch-icon": (180, 180), "share": (1200, 630)}


def main() -> None:
    """Draw the PNG files from the SVG files beside them, with Chromium."""
    with browser() as chromium:
        for name, (width, height) in SIZES.items():
            page = chromium.new_page(viewport={"width": width, "height": height})
            page.goto((IMAGES / f"{name}.svg").as_uri())
            image = IMAGES / f"{name}.png"
            page.screenshot(path=image)
            print(f"{image.name}  {image.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
