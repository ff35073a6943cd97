"""Cleaned text of people's input, without invisible characters.

Those make names that can't be read, found or told apart, and turn the rest of a line.
"""

import re
import unicodedata

# Written for machines: controls but the tab and the line end (NUL stays: forms and serializers refuse it by name), the
# soft hyphen, what joins or parts words without a width, what turns the direction of writing, marks of byte order,
# notes and language.
UNSEEN = "\x01-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
# Letters by their class, yet they show nothing: fillers of Hangul, Braille without a dot.
EMPTY = "\u115f\u1160\u2800\u3164\uffa0"
# They belong between two parts of an emoji or of a letter that joins; between Latin letters or Chinese characters they
# do nothing.
JOINERS = "\u200c\u200d"
ALONE = f"\\s\x00-\u024f\u2e80-\u9fff\U00020000-\U0003ffff{JOINERS}"
# They say how the character before them is drawn.
VARIANTS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

NEVER = re.compile(f"[{UNSEEN}{EMPTY}]")
JOINS_NOTHING = re.compile(f"(?<![^{ALONE}])[{JOINERS}]+|[{JOINERS}]+(?![^{ALONE}])")
VARIES_NOTHING = re.compile(f"(?<!\\S)[{VARIANTS}]+")


def cleaned_text(text: str) -> str:
    """The text as it is kept, from forms and from the API alike.

    Composed (NFC), without what can't be seen, no blanks around it.

    Line ends are `\\n`. Rare characters and emoji made of several stay whole. Cleaning twice changes nothing.
    """
    seen = VARIES_NOTHING.sub("", JOINS_NOTHING.sub("", NEVER.sub("", text)))
    return unicodedata.normalize("NFC", seen).strip()
