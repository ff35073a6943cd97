"""Messages of ratings: to those who were there, and to those who have to see to a bad one."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import SignUp
from common.words.times import deadline_words, span_words
from notifications.domain import message_kinds
from notifications.domain.message_kinds import MessageKind
from notifications.services.posting import post_messages
from notifications.values.texts import MessageText
from ratings.choices import Channel, Step
from ratings.models import Rating
from ratings.values.limits import RATED_FOR
from ratings.values.tokens import Kind, Token

ASKED, OPENED, VERIFY_OVERDUE, FINISH_OVERDUE = (
    "rating_asked",
    "follow_up_opened",
    "follow_up_verify_overdue",
    "follow_up_finish_overdue",
)
SIGN_UP_SUBJECT, SUBJECT = "rated_sign_up", "follow_up"


def post_asked(sign_ups: Iterable[SignUp]) -> int:
    """Ask the accounts of these sign-ups to rate the activity. One statement; returns how many."""
    to = [(sign_up.participant.account, sign_up.code) for sign_up in sign_ups if sign_up.participant.account]
    return post_messages(to=to, kind=ASKED)


def post_follow_up(kind: str, rating: Rating, staff: Collection[User]) -> int:
    """Tell staff of a follow-up. One statement; returns how many."""
    return post_messages(to=[(user, rating.reference) for user in staff], kind=kind)


def asked_texts(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words that ask for a rating, by the code of the sign-up. One query."""
    found = SignUp.objects.filter(code__in=list(subject_ids)).select_related("activity__center")
    return {sign_up.code: _asked_text(sign_up) for sign_up in found}


def _asked_text(sign_up: SignUp) -> MessageText:
    activity = sign_up.activity
    parts = {
        "what": activity.title,
        "when": span_words(activity.starts_at, activity.ends_at),
        "where": activity.center.shown_short_name,
    }
    return MessageText(
        title=_("How was it?"),
        body=_("%(what)s, %(when)s, %(where)s: one tap says whether you were satisfied. No name is asked.") % parts,
        url=reverse("ratings:rating_create", args=[str(Token(Kind.SIGN_UP, sign_up.code, Channel.LINK))]),
        stale_after=activity.ends_at + RATED_FOR,
    )


def follow_up_texts(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words about follow-ups, by the reference of the rating. One query."""
    found = Rating.objects.filter(reference__in=list(subject_ids), follow_up__isnull=False)
    return {rating.reference: _follow_up_text(kind, rating) for rating in found.select_related("center", "follow_up")}


def _follow_up_text(kind: str, rating: Rating) -> MessageText:
    follow_up = rating.follow_up
    parts = {
        "where": rating.center.shown_short_name,
        "grade": rating.get_grade_display(),
        "verify": deadline_words(follow_up.verify_by),
        "finish": deadline_words(follow_up.finish_by),
    }
    titles = {
        OPENED: _("Somebody wasn't satisfied"),
        VERIFY_OVERDUE: _("A bad rating isn't verified"),
        FINISH_OVERDUE: _("A bad rating isn't settled"),
    }
    bodies = {
        OPENED: _("%(where)s was rated “%(grade)s”. To verify %(verify)s, to put right and call back %(finish)s."),
        VERIFY_OVERDUE: _("%(where)s was rated “%(grade)s”; verifying it was due %(verify)s."),
        FINISH_OVERDUE: _("%(where)s was rated “%(grade)s”; putting it right and calling back was due %(finish)s."),
    }
    is_current = {
        OPENED: follow_up.step == Step.VERIFY,
        VERIFY_OVERDUE: follow_up.step == Step.VERIFY,
        FINISH_OVERDUE: follow_up.step != Step.DONE,
    }
    return MessageText(
        title=titles[kind],
        body=bodies[kind] % parts,
        url=reverse("ratings:rating_detail", args=[rating.reference]),
        is_current=is_current[kind],
    )


def register_all() -> None:
    """Make the kinds known to the inbox. Asking for a rating costs nobody a text: its link stands in the inbox."""
    message_kinds.register(MessageKind(ASKED, SIGN_UP_SUBJECT, asked_texts, is_texted=False))
    for kind in (OPENED, VERIFY_OVERDUE, FINISH_OVERDUE):
        message_kinds.register(MessageKind(kind, SUBJECT, follow_up_texts))
