"""Ratings: given by everybody, read and followed up by those who work at the center."""

from typing import Any

from common import clock
from ratings.choices import Channel, Grade
from ratings.domain.subjects import Subject
from ratings.models import Rating
from ratings.services.giving import Answer, give_rating
from ratings.values.tokens import Kind, Token, tablet_token
from tests.architecture.permission_table import Row, management, public, workplace
from tests.architecture.rows.activity_desk import led
from tests.architecture.rows.bookings import booking
from tests.factories.catalog import make_service
from tests.support.cast import Cast


def bad_rating(cast: Cast) -> dict[str, Any]:
    """A bad rating of an activity of the center, with a number to call back."""
    subject = Subject(cast.center, led(cast, days=-1))
    rating: Rating = give_rating(
        subject=subject,
        answer=Answer(Grade.DISSATISFIED, phone="19900000042"),
        channel=Channel.QR,
        visits=[f"visit {clock.now()}"],
    )
    return {"reference": rating.reference}


def held(cast: Cast) -> dict[str, Any]:
    return {"reference": led(cast, days=-1).reference}


def token(cast: Cast) -> dict[str, Any]:
    return {"token": str(Token(Kind.ACTIVITY, held(cast)["reference"]))}


def counter(cast: Cast) -> dict[str, Any]:
    make_service(cast.city)
    return {"token": str(Token(Kind.CENTER, cast.center.code))}


def tablet(cast: Cast) -> dict[str, Any]:
    make_service(cast.city)
    return {"token": tablet_token(cast.center.code)}


STEP = {"step": "verify", "note": "Looked into."}

ROWS = (
    Row("ratings:rating_create", **public(), target=token),
    Row("ratings:rating_create", **public(), target=counter),
    Row("ratings:rating_create", **public(302), target=token, method="post", data={"grade": "5"}),
    Row("ratings:tablet_question", **public(), target=tablet),
    Row("ratings:tablet_question", **public(422), target=tablet, method="post"),
    Row("ratings:rating_list", **workplace()),
    Row("ratings:rating_detail", **management(), target=bad_rating),
    Row("ratings:rating_detail", **management(302), target=bad_rating, method="post", data=STEP),
    Row("ratings:rating_phone", **management(), target=bad_rating, method="post"),
    Row("ratings:code_center", **workplace()),
    Row("ratings:code_activity", **management(), target=held),
    Row("ratings:code_booking", **management(), target=booking),
    Row("ratings:tablet_start", **workplace()),
    # The center that the form names is one's own, or there is none.
    Row("ratings:tablet_start", **management(404), method="post", data={"center": "none"}),
)
