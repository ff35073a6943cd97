"""Theme and campaign of demo activities: as their sample says, or by the days around a festival that fits them."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from activities.models import Campaign, Theme
from activities.selectors.themes import theme_spans
from common import clock
from demo.services.activity_plans import GeneratedActivity
from demo.values import samples

AROUND = dt.timedelta(days=6)
# What is held around a festival: elders at 重阳, volunteers around 5 March and 5 December, members around 1 July.
FITTING: dict[str, Callable[[samples.Row], bool]] = {
    "double-ninth": lambda row: row["audience"] == "elders",
    "lei-feng": lambda row: row["kind"] == "volunteering",
    "volunteer-day": lambda row: row["kind"] == "volunteering",
    "party-founding": lambda row: row["audience"] == "members",
    "childrens-day": lambda row: row["audience"] == "children",
}


@dataclasses.dataclass(frozen=True)
class Tags:
    """Ids of themes and campaigns by name, and the themes that go by date."""

    themes: dict[str, int]
    campaigns: dict[str, int]
    festivals: list[Theme]

    @classmethod
    def load(cls) -> "Tags":
        """Load those that the portal has. Three queries."""
        themes = list(Theme.objects.prefetch_related("days"))
        campaigns = dict(Campaign.objects.values_list("name", "pk"))
        return cls({theme.name: theme.pk for theme in themes}, campaigns, [t for t in themes if t.key in FITTING])

    def of(self, activity: GeneratedActivity) -> tuple[int | None, int | None]:
        """Ids of theme and campaign of an activity."""
        sample = activity.sample
        return self.themes.get(sample["theme"]) or self._by_date(activity), self.campaigns.get(sample["campaign"])

    def _by_date(self, activity: GeneratedActivity) -> int | None:
        day = clock.local(activity.starts_at).date()
        fitting = (theme for theme in self.festivals if FITTING[theme.key](activity.sample))
        for theme in fitting:
            if any(span.first - AROUND <= day <= span.last + AROUND for span in theme_spans(theme, day.year)):
                return theme.pk
        return None
