"""What the tests need of the system: Chromium for pages, a font with Chinese characters for pages and PDFs.

There, or installed now, or one sentence. Chromium's headless shell is asked for where a package manager has it: windows
open in a third of the time. Any other Chromium does as well.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HEADLESS_SHELL = "chromium-headless-shell"
BROWSERS = (HEADLESS_SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
FONT_NAMES = ("*cjk*", "*CJK*", "wqy*", "*NotoSansSC*", "*SourceHan*", "PingFang*", "*Hiragino*")
FONT_DIRECTORIES = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)
PACKAGES = {"Chromium": "chromium", "a font with Chinese characters": "fonts-noto-cjk"}


def missing() -> list[str]:
    """What isn't there."""
    there = {"Chromium": has_browser(), "a font with Chinese characters": has_font()}
    return [name for name, found in there.items() if not found]


def has_browser() -> bool:
    """CHROMIUM names one, or the system has one."""
    chosen = os.environ.get("CHROMIUM")
    return any(shutil.which(name) for name in ([chosen] if chosen else [*BROWSERS, *MAC_BROWSERS]))


def has_font() -> bool:
    """By fontconfig, or by the names of the files where there is none."""
    if shutil.which("fc-list"):
        return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())
    return any(next(Path(place).expanduser().rglob(name), None) for place in FONT_DIRECTORIES for name in FONT_NAMES)


def install(packages: list[str], errors: int | None = None) -> None:
    """Install Debian packages, apt-get's errors going to `errors`; what failed is for the caller to find out."""
    if not packages:
        return
    sys.stderr.write(f"Installing {' and '.join(packages)} for the tests …\n")
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(
            ["apt-get", "-q", *command], stdout=subprocess.DEVNULL, stderr=errors, env=environment, check=False
        )


def main() -> None:
    """Install by apt-get where we may."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        if not os.environ.get("CHROMIUM") and not shutil.which(HEADLESS_SHELL):
            install([HEADLESS_SHELL], errors=subprocess.DEVNULL)  # a distribution without it is no error
        install([PACKAGES[name] for name in missing()])
    still = missing()
    if still:
        packages = " ".join(PACKAGES[name] for name in still)
        sys.exit(
            f"The tests need {' and '.join(still)}: install them (Debian, Ubuntu: sudo apt-get install {packages})."
        )


if __name__ == "__main__":
    main()
