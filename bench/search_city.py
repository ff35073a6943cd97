"""Searching all centers by time among 100,000 bookings; and whether their number matters."""

from django.urls import reverse

from bench import data, growth, pages, places
from bench.rounds import Result, throughputs


def path() -> str:
    """A morning of the week that both databases share, for some twenty people."""
    return f"{reverse('bookings:space_search')}?day={data.first_day()}&start=09:00&end=11:00&headcount=20"


def search_city(quick: bool) -> Result:
    with places.database(places.LARGE):
        ours, reference = pages.pair(path())
        rates = throughputs(ours, reference, calls=4, quick=quick)
    return Result(
        "search_city",
        *rates,
        target=0.5,
        at_least=True,
        unit="pages/s",
        notes="page ÷ its template with canned context, both through the whole application",
    )


def search_growth(quick: bool) -> Result:
    return growth.of_bookings("search_growth", path, quick)
