"""Centers at any number of levels, who stood under whom and when, and what a center consists of."""

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from centers.choices import AreaKind, CenterStatus
from centers.models import triggers
from centers.models.snapshot_version import renews_version
from centers.querysets import CenterQuerySet, DatedQuerySet
from centers.values.names import short_name, short_name_en
from common.i18n.bilingual import in_page_language
from common.words.letters import LettersField

ONE_VALID_AT_A_TIME = RangeOperators.OVERLAPS


class Level(models.Model):
    """A level of the network, as data: another province may have more of them. The lowest rank is the root's.

    Centers of a level with `has_standard_areas` get the eight functional areas of the article with their entry in the
    register.
    """

    code = models.SlugField(primary_key=True, max_length=20)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField(unique=True)
    has_standard_areas = models.BooleanField(default=True)

    class Meta:
        ordering = ["rank"]
        triggers: ClassVar[list[Any]] = [triggers.rank_keeps_rules, *renews_version("network")]

    def __str__(self) -> str:
        return in_page_language(self.name, self.name_en)


class LevelRule(models.Model):
    """A center of `child` level may stand under one of `parent` level. Ranks descend, so the tree has no cycles."""

    parent = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="child_rules")
    child = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="parent_rules")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parent", "child"], name="level_rule_once")]
        triggers: ClassVar[list[Any]] = [triggers.ranks_descend, triggers.rule_in_use_stays]

    def __str__(self) -> str:
        return f"{self.parent_id} > {self.child_id}"


@pghistory.track(model_name="CenterHistory", exclude=["letters"])
class Center(models.Model):
    """A party-mass service center (党群服务中心) of any level.

    `official_name` is the register's (a committee's name); `name` is what people read, derived from it unless a center
    has its own; `name_en` is for those who read no Chinese, derived from `name` (`centers.values.english_names`) unless
    the register or people have another.
    """

    code = models.CharField(_("Code"), max_length=20, unique=True)
    official_name = models.CharField(_("Official name"), max_length=80)
    name = models.CharField(_("Name"), max_length=80)
    is_name_derived = models.BooleanField(default=True, editable=False)
    name_en = models.CharField(_("English name"), max_length=240, blank=True, default="")
    is_name_en_derived = models.BooleanField(default=True, editable=False)
    # The place as it is typed in letters, for the search.
    letters = LettersField("short_name", max_length=640, db_default="")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="centers")
    status = models.CharField(_("Status"), max_length=10, choices=CenterStatus.choices, default=CenterStatus.OPERATING)
    site_kind = models.CharField(_("Kind of site"), max_length=40, blank=True)
    opened_on = models.DateField(_("Opened on"), null=True, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    address = models.CharField(_("Address"), max_length=120, blank=True)
    phone = models.CharField(_("Phone"), max_length=20, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    order = models.PositiveIntegerField(default=0, editable=False)

    objects = CenterQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gt=F("opened_on")),
                name="center_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="center_has_both_coordinates",
            ),
        ]
        # As `CenterQuerySet.search` asks: one index for the four, so that it serves any of them or all.
        indexes = [
            GinIndex(
                *(OpClass(Upper(name), "gin_trgm_ops") for name in ("name", "official_name", "name_en", "letters")),
                name="center_search_trgm",
            )
        ]
        triggers: ClassVar[list[Any]] = [triggers.level_keeps_rules, *renews_version("network")]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The place alone: 水洞埭社区 of 水洞埭社区党群服务中心."""
        return short_name(self.name)

    @property
    def shown_name(self) -> str:
        """The name in the language of the page, as far as there is one."""
        return in_page_language(self.name, self.name_en)

    @property
    def shown_short_name(self) -> str:
        """The place alone in the language of the page: Shuidongdai Community."""
        return in_page_language(self.short_name, short_name_en(self.name_en))


@pghistory.track(model_name="CenterParentHistory")
class CenterParent(models.Model):
    """Parent of a center for a range of dates: the only source of truth of the tree. The root has no row."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="parent_rows")
    parent = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="child_rows")
    valid = DateRangeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="center_has_one_parent",
                expressions=[("center", RangeOperators.EQUAL), ("valid", ONE_VALID_AT_A_TIME)],
            ),
            models.CheckConstraint(condition=~Q(center=F("parent")), name="center_not_its_own_parent"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="center_parent_valid_not_empty"),
        ]
        triggers: ClassVar[list[Any]] = [triggers.level_rule_holds, *renews_version("network")]

    def __str__(self) -> str:
        return f"{self.center_id} under {self.parent_id} {self.valid}"


class CenterAncestor(models.Model):
    """Closure table of the tree: one row a center, ancestor (itself at depth 0) and range of dates.

    Made by `tree.rebuild` alone.
    """

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="ancestor_rows")
    ancestor = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="descendant_rows")
    depth = models.PositiveSmallIntegerField()
    valid = DateRangeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="center_ancestor_once",
                expressions=[
                    ("center", RangeOperators.EQUAL),
                    ("ancestor", RangeOperators.EQUAL),
                    ("valid", ONE_VALID_AT_A_TIME),
                ],
            ),
        ]
        indexes = [models.Index(fields=["ancestor", "center"], name="center_ancestor_down")]
        triggers: ClassVar[list[Any]] = [*renews_version("network")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} above {self.center_id} ({self.depth})"


class FunctionalArea(models.Model):
    """Functional area of a center: one of the eight standard ones, or one of its own (智慧体验区)."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="areas")
    kind = models.CharField(_("Kind"), max_length=20, choices=AreaKind.choices)
    own_name = models.CharField(_("Own name"), max_length=40, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["center", "kind", "own_name"], name="area_once_a_center"),
            models.CheckConstraint(condition=~Q(kind=AreaKind.CUSTOM) | ~Q(own_name=""), name="custom_area_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.own_name or str(self.get_kind_display())
