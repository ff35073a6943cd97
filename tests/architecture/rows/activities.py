"""Activities: a row an address."""

from typing import Any

from activities.choices import ActivityState
from activities.domain.rules import Entry
from activities.models import Campaign, SignUp, Theme
from activities.services.feeds import renew_feed
from activities.services.sign_ups import sign_up
from tests.architecture.permission_table import (
    ANONYMOUS,
    EVERYBODY,
    SIGN_IN,
    Answer,
    Kind,
    Row,
    management,
    own,
    personal,
    public,
)
from tests.factories.activities import make_activity, make_participant
from tests.support.cast import Cast

# --- Finding an activity, signing up, one's own people.


def activity(cast: Cast) -> dict[str, Any]:
    return {"reference": make_activity(cast.center, capacity=5).reference}


def draft(cast: Cast) -> dict[str, Any]:
    return {"reference": make_activity(cast.center, state=ActivityState.DRAFT).reference}


def made_sign_up(cast: Cast) -> SignUp:
    """The resident's, for an activity of the center."""
    person = make_participant(cast["resident"])
    here = make_activity(cast.center, capacity=5)
    return sign_up(actor=cast["resident"], activity=here, entries=[Entry(person)])[0]


def of_resident(cast: Cast) -> dict[str, Any]:
    return {"code": made_sign_up(cast).code}


def person(cast: Cast) -> dict[str, Any]:
    return {"pk": make_participant(cast["resident"]).pk}


def feed(cast: Cast) -> dict[str, Any]:
    return {"token": renew_feed(actor=cast["resident"]).token}


def no_feed(cast: Cast) -> dict[str, Any]:
    return {"token": "x" * 43}


PERSON = {"name": "演示居民09", "relation": "other"}
FINDING = (
    Row("activities:activity_list", **public()),
    Row("activities:activity_detail", **public(), target=activity),
    Row("activities:activity_detail", **management(anonymous=404), target=draft),
    Row("activities:activity_calendar", **public(), target=activity),
    Row("activities:activity_calendar", **management(anonymous=404), target=draft),
)
ELSEWHERE = tuple(
    Row(f"activities:{name}", **public()) for name in ("embed_help", "embed_list", "public_calendar", "public_json")
)
SIGNING_UP = (
    # A look leads to the form on the activity's page.
    Row("activities:sign_up_create", **personal(302), target=activity),
    Row("activities:sign_up_create", **personal(302), target=activity, method="post", data=PERSON),
    Row("activities:sign_up_list", **personal()),
    Row("activities:sign_up_detail", **own(inside=200), target=of_resident),
    Row("activities:sign_up_calendar", **own(inside=200), target=of_resident),
    # Answered by a flash: there is no offer.
    Row("activities:sign_up_accept", **own(302, inside=302), target=of_resident, method="post"),
    Row("activities:sign_up_decline", **own(302, inside=302), target=of_resident, method="post"),
    Row("activities:sign_up_leave", **own(inside=200), target=of_resident),
    Row("activities:sign_up_leave", **own(302, inside=302), target=of_resident, method="post"),
)
PARTICIPANTS = (
    Row("activities:participant_list", **personal()),
    Row("activities:participant_create", **personal()),
    Row("activities:participant_create", **personal(302), method="post", data=PERSON),
    Row("activities:participant_edit", **own(), target=person),
    Row("activities:participant_edit", **own(302), target=person, method="post", data=PERSON),
    Row("activities:participant_remove", **own(302), target=person, method="post"),
)

FEED = (
    Row("activities:feed_detail", **personal()),
    Row("activities:feed_detail", **personal(302), method="post"),
    # The token is the key; who has none finds nothing.
    Row("activities:feed_file", **public(), target=feed),
    Row("activities:feed_file", **public(404), target=no_feed),
)


def theme(cast: Cast) -> dict[str, Any]:
    return {"pk": Theme.objects.create(name="演示主题").pk}


def campaign(cast: Cast) -> dict[str, Any]:
    return {"pk": Campaign.objects.create(name="演示专项").pk}


def of_the_city(answer: Answer = 200) -> dict[str, Any]:
    """A page of who manages the whole network; to everybody else it doesn't exist."""
    answers: dict[str, Answer] = dict.fromkeys(EVERYBODY, 404) | {"city_admin": answer, ANONYMOUS: SIGN_IN}
    return {"kind": Kind.MANAGEMENT, "answers": answers}


NAMED = {"name": "演示"}
THEMES = (
    Row("activities:theme_list", **public()),
    Row("activities:theme_list_manage", **of_the_city()),
    Row("activities:theme_create", **of_the_city()),
    Row("activities:theme_create", **of_the_city(302), method="post", data=NAMED),
    Row("activities:theme_edit", **of_the_city(), target=theme),
    Row("activities:theme_edit", **of_the_city(302), target=theme, method="post", data=NAMED),
    Row("activities:campaign_create", **of_the_city()),
    Row("activities:campaign_create", **of_the_city(302), method="post", data=NAMED),
    Row("activities:campaign_edit", **of_the_city(), target=campaign),
    Row("activities:campaign_edit", **of_the_city(302), target=campaign, method="post", data=NAMED),
)

ROWS: tuple[Row, ...] = (*FINDING, *ELSEWHERE, *SIGNING_UP, *PARTICIPANTS, *FEED, *THEMES)
