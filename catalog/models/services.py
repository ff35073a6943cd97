"""Services that centers offer (能办什么), adaptations of them, and their versions."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.choices import Audience, Channel, Function, Group, Verb
from catalog.models import triggers
from catalog.querysets import ServiceQuerySet
from catalog.values.fields import (
    ADAPTABLE,
    LONGEST_ENGLISH_TITLE,
    LONGEST_LINE,
    LONGEST_MINUTES,
    LONGEST_TEXT,
    LONGEST_TITLE,
)
from centers.models import Center
from common.i18n.bilingual import in_page_language
from common.words.letters import LettersField

TITLE_ONCE = "service_title_once_a_center"
ONE_ADAPTATION = "service_adapted_once_a_center"
KEY_ONCE = "service_key_once"
NEEDED = ("title", "function", "audience", "channels")


def _several(choices: type[models.TextChoices], words: Any) -> Any:
    return ArrayField(
        models.CharField(max_length=20, choices=choices.choices),
        verbose_name=words,
        default=list,
        db_default=[],
        blank=True,
    )


class Service(models.Model):
    """A service of a center and all below it, or (`adapts`) what a center below makes of one.

    Blank fields of an adaptation take those of the next level up; see `catalog.domain.offers`. An adaptation has no
    function, audience and channels of its own. `is_active` false switches it off for its center and all below.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="services")
    adapts = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="adaptations")
    function = models.CharField(_("Function"), max_length=20, choices=Function.choices, blank=True)
    title = models.CharField(_("Title"), max_length=LONGEST_TITLE, blank=True)
    title_en = models.CharField(_("English title"), max_length=LONGEST_ENGLISH_TITLE, blank=True)
    summary = models.CharField(_("In one line"), max_length=LONGEST_LINE, blank=True)
    audience = _several(Audience, _("Whom it is for"))
    groups = _several(Group, _("Specially for"))
    channels = _several(Channel, _("Channels"))
    place = models.CharField(_("Where"), max_length=LONGEST_LINE, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("Duration, minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)],
    )
    bring = models.CharField(_("What to bring"), max_length=LONGEST_TEXT, blank=True)
    process = models.CharField(_("How it is done"), max_length=LONGEST_TEXT, blank=True)
    is_active = models.BooleanField(_("Offered"), default=True)
    # The title as it is typed in letters, for the search.
    letters = LettersField("title", max_length=LONGEST_TITLE * 8)
    # Names one that the product ships (`data/services.csv`), so that it is added once, whatever people made of it.
    key = models.CharField(max_length=40, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["center", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["center", "title"], condition=Q(adapts__isnull=True, retired_at__isnull=True), name=TITLE_ONCE
            ),
            models.UniqueConstraint(fields=["center", "adapts"], name=ONE_ADAPTATION),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name=KEY_ONCE),
            models.CheckConstraint(
                condition=Q(adapts__isnull=False) | (~Q(title="") & ~Q(function="")),
                name="service_has_title_and_function",
            ),
            models.CheckConstraint(
                condition=Q(adapts__isnull=True)
                | Q(function="", audience=[], groups=[], channels=[], retired_at__isnull=True),
                name="service_adaptation_changes_words_alone",
            ),
            models.CheckConstraint(
                condition=Q(title_en="") | ~Q(title=""), name="service_english_title_beside_its_own"
            ),
        ]
        # As `ServiceQuerySet.search` asks: one index for the four, so that it serves any of them or all.
        indexes = [
            GinIndex(
                *(OpClass(Upper(name), "gin_trgm_ops") for name in ("title", "summary", "title_en", "letters")),
                name="service_search_trgm",
            )
        ]
        triggers: ClassVar[list[Any]] = [triggers.adapts_from_above, triggers.stays_where_it_is]

    def __str__(self) -> str:
        return self.title or f"adaptation of {self.adapts_id}"

    def get_absolute_url(self) -> str:
        return reverse("catalog:service_detail", args=[self.pk])

    def clean(self) -> None:
        """Raises ValidationError, by field, where a service that adapts nothing lacks what it needs."""
        missing = [name for name in NEEDED if self.adapts_id is None and not getattr(self, name)]
        if missing:
            raise ValidationError({name: ValidationError(_("This is needed."), code="required") for name in missing})

    @property
    def shown_title(self) -> str:
        """The title in the language of the page, as far as there is one."""
        return in_page_language(self.title, self.title_en)

    @property
    def titled(self) -> str:
        """The same for the title of a page, which can't mark words as Chinese.

        Without an English title, its function.
        """
        return in_page_language(self.title, self.title_en or str(self.get_function_display()))

    def get_audience_display(self) -> list[str]:
        """Audience in words."""
        return [str(Audience(one).label) for one in self.audience]

    @property
    def says_anything(self) -> bool:
        """Whether any of its words is filled in."""
        return any(getattr(self, name) not in ("", None) for name in ADAPTABLE)


class ServiceVersion(models.Model):
    """Version of a service or an adaptation: who published it, when, and all its words. Never changed."""

    append_only = True

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=10, choices=Verb.choices)
    # None: shipped with the product.
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    words = models.JSONField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["service", "number"], name="service_version_once")]

    def __str__(self) -> str:
        return f"{self.service_id} version {self.number}"
