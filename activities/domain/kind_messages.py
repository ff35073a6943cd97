"""Messages about study visits, rectifications and missing evidence, with their words at the moment they are read.

Of a visit its askers are told what the center did, and those who work there what the askers did.
"""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activities.choices import VisitState
from activities.models import Activity, Rectification, VisitRequest
from common.words.times import date_words, span_words
from notifications.domain import message_kinds
from notifications.domain.message_kinds import MessageKind
from notifications.services.posting import post_message, post_messages
from notifications.values.texts import MessageText

# To who asked, and to those who work at the center: subjects of their own, so that neither overtakes the other.
VISIT, VISIT_AT_WORK = "visit", "visit_at_work"
CONFIRMED, REFUSED, CHANGED = "visit_confirmed", "visit_refused", "visit_changed"
REQUESTED, WITHDRAWN = "visit_requested", "visit_withdrawn"
RECTIFICATION, OVERDUE = "rectification", "rectification_overdue"
EVIDENCE, PHOTO_MISSING = "activity_evidence", "activity_photo_missing"


def post_answer(visit: VisitRequest, kind: str) -> None:
    """Tell who asked what became of a request. One statement."""
    post_message(recipient=visit.asker, kind=kind, subject_id=visit.reference)


def post_to_center(visit: VisitRequest, kind: str, staff: Collection[User]) -> None:
    """Tell those who work at the center what somebody asked, or took back. One statement."""
    post_messages(to=[(user, visit.reference) for user in staff], kind=kind)


def post_visit_changed(activity: Activity) -> None:
    """Tell who asked for a visit that the activity made of it was moved or called off. None for any other activity."""
    visit = VisitRequest.objects.select_related("asker").filter(activity=activity).first()
    if visit is not None:
        post_answer(visit, CHANGED)


def post_overdue(rectification: Rectification, staff: Collection[User]) -> int:
    """Tell those who work at the center that something wasn't put right in time. One statement; returns how many."""
    return post_messages(to=[(user, str(rectification.pk)) for user in staff], kind=OVERDUE)


def post_photo_missing(activity: Activity, staff: Collection[User]) -> int:
    """Ask those who work at the center for a photo. One statement; returns how many were asked."""
    return post_messages(to=[(user, activity.reference) for user in staff], kind=PHOTO_MISSING)


def visit_texts(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words about visits, by the reference of the request. One query."""
    found = VisitRequest.objects.filter(reference__in=list(subject_ids)).select_related("center", "activity")
    return {visit.reference: _visit_text(kind, visit) for visit in found}


def overdue_texts(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words about overdue rectifications, by their id. One query."""
    ids = [int(subject) for subject in subject_ids if subject.isdecimal()]
    found = Rectification.objects.filter(pk__in=ids).select_related("inspection__organization")
    return {str(one.pk): _overdue_text(one) for one in found}


def photo_texts(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words that ask for a photo, by the reference of the activity. Two queries."""
    found = Activity.objects.filter(reference__in=list(subject_ids)).select_related("center", "record")
    return {activity.reference: _photo_text(activity) for activity in found.prefetch_related("photos")}


def register_all() -> None:
    """Make the kinds known to the inbox and the channels."""
    for kind in (CONFIRMED, REFUSED, CHANGED):
        message_kinds.register(MessageKind(kind, VISIT, visit_texts))
    for kind in (REQUESTED, WITHDRAWN):
        message_kinds.register(MessageKind(kind, VISIT_AT_WORK, visit_texts))
    message_kinds.register(MessageKind(OVERDUE, RECTIFICATION, overdue_texts))
    message_kinds.register(MessageKind(PHOTO_MISSING, EVIDENCE, photo_texts))


def _visit_text(kind: str, visit: VisitRequest) -> MessageText:
    held = visit.activity or visit
    parts = {
        "who": visit.visiting_body,
        "when": span_words(held.starts_at, held.ends_at),
        "where": visit.center.shown_short_name,
        "reason": visit.reason,
        "n": visit.people,
    }
    titles = {
        CONFIRMED: _("Study visit confirmed"),
        REFUSED: _("Study visit refused"),
        CHANGED: _("Study visit called off") if visit.is_called_off else _("Study visit changed"),
        REQUESTED: _("Study visit asked for"),
        WITHDRAWN: _("Study visit withdrawn"),
    }
    bodies = {
        CONFIRMED: _("%(where)s expects %(who)s, %(when)s. Please come fifteen minutes early."),
        REFUSED: _("%(where)s can't receive %(who)s, %(when)s. %(reason)s"),
        CHANGED: _("%(where)s called the visit off, %(when)s. Call the center if you want another day.")
        if visit.is_called_off
        else _("%(where)s now expects %(who)s, %(when)s."),
        REQUESTED: _("%(who)s would like to visit %(where)s, %(when)s, with %(n)s people. Confirm it or refuse it."),
        WITHDRAWN: _("%(who)s won't come to %(where)s, %(when)s."),
    }
    is_at_work = kind in (REQUESTED, WITHDRAWN)
    return MessageText(
        title=titles[kind],
        body=(bodies[kind] % parts).strip(),
        url=reverse("activities:visit_decide", args=[visit.reference]) if is_at_work else visit.get_absolute_url(),
        is_current=_is_current(kind, visit),
        stale_after=held.ends_at,
    )


def _is_current(kind: str, visit: VisitRequest) -> bool:
    return {
        CONFIRMED: visit.state == VisitState.CONFIRMED and not visit.is_called_off,
        REFUSED: visit.state == VisitState.REFUSED,
        CHANGED: visit.state == VisitState.CONFIRMED,
        REQUESTED: visit.state == VisitState.REQUESTED,
        WITHDRAWN: visit.state == VisitState.WITHDRAWN,
    }[kind]


def _overdue_text(rectification: Rectification) -> MessageText:
    inspection = rectification.inspection
    parts = {
        "what": rectification.what,
        "who": inspection.organization.shown_name,
        "due": date_words(rectification.due_on),
    }
    return MessageText(
        title=_("Not put right in time"),
        body=_("%(who)s: %(what)s was due %(due)s.") % parts,
        url=reverse("activities:rectification_detail", args=[rectification.pk]),
        is_current=rectification.is_overdue,
    )


def _photo_text(activity: Activity) -> MessageText:
    parts = {
        "what": activity.title,
        "when": span_words(activity.starts_at, activity.ends_at),
        "where": activity.center.shown_short_name,
    }
    record = getattr(activity, "record", None)
    return MessageText(
        title=_("No photo yet"),
        body=_("%(what)s, %(when)s, %(where)s: add a photo, or close it saying why there is none.") % parts,
        url=reverse("activities:archive_create", args=[activity.reference]),
        is_current=activity.attendance is not None
        and not activity.photos.all()
        and record is not None
        and not record.no_photo_reason,
    )
