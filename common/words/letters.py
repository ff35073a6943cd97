"""Chinese words in letters, as people type them who search; and words that sound alike."""

import re
from collections.abc import Callable
from typing import TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models

from common.i18n.bilingual import holds_chinese

Rows = TypeVar("Rows", bound="models.QuerySet[models.Model]")

# Of the trigrams of what was typed, how many the letters must hold: one slip in a word of two syllables still passes.
ALIKE = 0.55
# Fewer letters than these are alike to half of everything.
SHORTEST_SOUND = 4


def letters(words: str) -> str:
    """党员教育管理 → "dangyuanjiaoyuguanli dyjygl": whole syllables without tones, and the first letter of each.

    Takes 0.2 s the first time, while the dictionary is read: for saving a title, never for showing one.
    """
    from pypinyin import Style, lazy_pinyin  # 3 MB of dictionary, which those who only read never need

    whole, first = lazy_pinyin(words), lazy_pinyin(words, style=Style.FIRST_LETTER)
    # The library writes ü as v, which is how it is typed.
    return f"{''.join(whole)} {''.join(first)}".lower()


def typed_in_letters(word: str, column: str = "letters") -> models.Q:
    """Condition: the letters hold `word`; a short one begins them, or stands among the first letters.

    Two or three letters stand somewhere within the syllables of half of all names: nx in sanxing.
    """
    if len(word) >= SHORTEST_SOUND:
        return models.Q(**{f"{column}__icontains": word})
    return models.Q(**{f"{column}__iregex": rf"(^| \S*){re.escape(word)}"})


def sound_of(words: str) -> str:
    """Whole syllables of what was typed, without blanks: 水洞代 sounds as 水洞埭 does."""
    typed = "".join(words.split()).lower()
    return letters(typed).split(" ")[0] if holds_chinese(typed) else typed


def sounding_like(rows: Rows, sound: str) -> Rows:
    """Rows whose column `letters` is like `sound`, the likest first, with `likeness` from 0 to 1.

    None for a sound too short to be told from others. A lazy queryset.
    """
    if len(sound) < SHORTEST_SOUND:
        return rows.none()
    likeness = TrigramWordSimilarity(sound, "letters")
    return rows.annotate(likeness=likeness).filter(likeness__gte=ALIKE).order_by("-likeness", "pk")


def fill_letters(rows: "models.QuerySet[models.Model]", name: str, said: Callable[[str], str] = str) -> None:
    """Write the column `letters` of all rows from their `name`, as `said` shortens it: for migrations.

    One statement a name: few rooms and activities have one of their own.
    """
    for words in rows.order_by(name).values_list(name, flat=True).distinct():
        rows.filter(**{name: words}).update(letters=letters(said(words)))


class LettersField(models.CharField):
    """Column with the letters of another attribute of the row, `source`, written with every row that is saved.

    `save(update_fields=…)` and `bulk_update` that change the source name this field too; rows written by COPY bring it.
    """

    def __init__(self, source: str = "", **options: object) -> None:
        self.source = source
        super().__init__(**{"blank": True, "editable": False, **options})  # type: ignore[arg-type]

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        """A plain text column to migrations, whose models have no source to read."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", list(args), options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = letters(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value
