"""Satisfaction as it is published: a share with its number of answers, hidden under twenty, never a comment."""

import pytest

from activities.models import Activity
from centers.models import Center
from ratings.choices import Grade
from ratings.selectors.published import Satisfaction, published, published_of_activities, satisfaction_words
from tests.factories.activities import make_activity
from tests.factories.bookings import TODAY
from tests.factories.ratings import rate, rate_often
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock


@pytest.mark.parametrize(
    ("answers", "satisfied", "percent"),
    [(20, 19, 95.0), (38, 36, 94.7), (3, 2, 66.7), (3, 1, 33.3), (8, 1, 12.5), (16, 1, 6.3), (20, 0, 0.0), (0, 0, 0.0)],
)
def test_the_share_to_one_decimal_half_up(answers: int, satisfied: int, percent: float) -> None:
    assert Satisfaction(answers, satisfied).percent == percent


def test_satisfied_is_satisfied_and_above(activity: Activity) -> None:
    for grade in Grade:
        rate(activity, grade)
    assert published([activity.center_id])[activity.center_id] == Satisfaction(5, 2)


def test_hidden_under_twenty() -> None:
    assert satisfaction_words(Satisfaction(19, 19)) == "还不到20份评价"
    assert satisfaction_words(Satisfaction(20, 19)) == "满意率95%，20份评价"


def test_a_center_is_published_by_its_own_ratings_of_a_year(cast: Cast, activity: Activity, clock: TestClock) -> None:
    rate_often(activity, good=3)
    rate_often(make_activity(cast.sibling, 9, 10, day=TODAY), good=2)
    ids = [cast.center.pk, cast.sibling.pk, cast.town.pk]
    assert [published(ids)[pk].answers for pk in ids] == [3, 2, 0]
    clock.advance(days=365)
    assert published(ids)[cast.center.pk].answers == 3
    clock.advance(seconds=1)
    assert published(ids)[cast.center.pk].answers == 0
    assert published_of_activities([activity.pk])[activity.pk].answers == 3


def test_one_query_for_any_number_of_centers(activity: Activity) -> None:
    centers = list(Center.objects.values_list("pk", flat=True))
    shown: list[int] = []

    def grow(count: int) -> None:
        shown.extend(centers[len(shown) : len(shown) + count])
        rate_often(activity, good=count)

    assert_constant_queries(grow, lambda: published(shown))


def test_the_pages_show_it_from_twenty_on_and_no_comment(cast: Cast, activity: Activity, client_of) -> None:
    rate(activity, Grade.SATISFIED, comment="暗号：没人看得到")
    pages = (cast.center.get_absolute_url(), activity.get_absolute_url())
    visitor = client_of()
    for page in pages:
        assert "还不到20份评价" in visitor.get(page).content.decode()
    rate_often(activity, good=18, bad=1)
    for page in pages:
        shown = visitor.get(page).content.decode()
        assert "满意率95%，20份评价" in shown
        assert "暗号" not in shown


def test_before_it_begins_an_activity_says_nothing_of_ratings(cast: Cast, client_of) -> None:
    page = client_of().get(make_activity(cast.center).get_absolute_url()).content.decode()
    assert "份评价" not in page
