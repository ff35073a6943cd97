"""What the browser tests need of the system: Chromium and a font with Chinese characters.

There, or installed now, or one sentence.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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


def main() -> None:
    """Install by apt-get where we may."""
    wanted = [PACKAGES[name] for name in missing()]
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stderr.write(f"Installing {' and '.join(wanted)} for the browser tests …\n")
        for command in (["update"], ["install", "-y", "--no-install-recommends", *wanted]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", "-q", *command], stdout=subprocess.DEVNULL, env=environment, check=False)
    still = missing()
    if still:
        packages = " ".join(PACKAGES[name] for name in still)
        sys.exit(
            f"The browser tests need {' and '.join(still)}: install them (Debian, Ubuntu: sudo "
            f"apt-get install {packages})."
        )


if __name__ == "__main__":
    main()
