"""The page of one room (week, slots, week in words) among 100,000 bookings, and whether their number matters."""

from django.urls import reverse

from bench import data, growth, pages, places
from bench.rounds import Result, throughputs


def path() -> str:
    """The room with most to show in the week that both databases share."""
    return f"{reverse('bookings:space_detail', args=[data.busiest_room().pk])}?week={data.first_day()}"


def week_grid(quick: bool) -> Result:
    with places.database(places.LARGE):
        ours, reference = pages.pair(path())
        rates = throughputs(ours, reference, calls=7, quick=quick)
    return Result(
        "week_grid",
        *rates,
        target=0.5,
        at_least=True,
        unit="pages/s",
        notes="page ÷ its template with canned context, both through the whole application",
    )


def week_grid_scale(quick: bool) -> Result:
    return growth.of_bookings("week_grid_scale", path, quick)
