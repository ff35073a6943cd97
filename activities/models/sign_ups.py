"""Participants, their sign-ups, and what happened to those."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Right, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.values.phones import mask_phone
from activities.choices import AUTOMATIC_VERBS, LIVE_SIGN_UPS, SEATED, Relation, SignUpState, SignUpVerb
from activities.models.activities import Activity
from activities.querysets import ParticipantQuerySet, SignUpQuerySet
from bookings.values.references import new_reference
from common import clock

ONE_LIVE_SIGN_UP = "sign_up_live_once"
SAME_PARTICIPANT = "participant_once_an_account"
ONE_HOLDER = "participant_one_holder"
_SEATED_SQL = ", ".join(f"'{state.value}'" for state in SEATED)

# The counts are those of the rows, by whatever path the rows came; the check on the activity then refuses a row too
# many. It also queues all who change one activity's sign-ups behind each other.
count_seats = pgtrigger.Trigger(
    name="count_seats",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf("state"),
    declare=[("seats", "integer := 0"), ("waits", "integer := 0"), ("of_activity", "bigint")],
    func=f"""
        IF TG_OP <> 'INSERT' THEN
            seats := seats - (OLD.state IN ({_SEATED_SQL}))::int;
            waits := waits - (OLD.state = 'waiting')::int;
            of_activity := OLD.activity_id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
            seats := seats + (NEW.state IN ({_SEATED_SQL}))::int;
            waits := waits + (NEW.state = 'waiting')::int;
            of_activity := NEW.activity_id;
        END IF;
        IF seats <> 0 OR waits <> 0 THEN
            UPDATE activities_activity SET seats_taken = seats_taken + seats, waiting = waiting + waits
            WHERE id = of_activity;
        END IF;
        RETURN NULL;
    """,  # noqa: S608 - put together of the choices alone
)


class Participant(models.Model):
    """A person who takes part: the holder of a phone, or somebody they sign up. Personal data: erasable.

    `birth_date` is asked only where an age rule needs it. Without an account (an elder without a phone) the center
    that entered the person is named instead.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="participants"
    )
    center = models.ForeignKey("centers.Center", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("Name"), max_length=40)
    relation = models.CharField(_("Who it is"), max_length=8, choices=Relation.choices, default=Relation.SELF)
    birth_date = models.DateField(_("Date of birth"), null=True, blank=True)
    phone = models.CharField(_("Mobile"), max_length=11, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    is_demo = models.BooleanField(default=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "name", "birth_date"],
                name=SAME_PARTICIPANT,
                nulls_distinct=False,
                condition=Q(account__isnull=False),
            ),
            models.UniqueConstraint(fields=["account"], name=ONE_HOLDER, condition=Q(relation=Relation.SELF)),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(center__isnull=False), name="participant_of_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["name"], name="participant_by_name"),
            # As `SignUpQuerySet.search` asks.
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="participant_name_trgm"),
            models.Index(Right("phone", 4), name="participant_last_four", condition=~Q(phone="")),
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"

    @property
    def reachable_phone(self) -> str:
        """Number on which the person, or who signed them up, is reached; empty where there is none."""
        return self.phone or (self.account.phone if self.account else None) or ""

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.reachable_phone)


class SignUp(models.Model):
    """Sign-up of a participant for an activity. Places are given in the order of the ids.

    `was_minor`: whether the person was taken for a minor when they were signed up, whatever is said of them later.
    """

    code = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sign_ups")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="sign_ups")
    state = models.CharField(max_length=8, choices=SignUpState.choices)
    offered_until = models.DateTimeField(null=True)
    guardian_consent = models.BooleanField(default=False)
    photo_consent = models.BooleanField(default=False)
    was_minor = models.BooleanField(default=False, db_default=False, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_by_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    checked_in_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [count_seats]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SignUpState.values), name="sign_up_state_known"),
            models.CheckConstraint(
                condition=Q(state=SignUpState.OFFERED, offered_until__isnull=False)
                | (~Q(state=SignUpState.OFFERED) & Q(offered_until__isnull=True)),
                name="sign_up_offer_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(checked_in_at__isnull=True) | Q(state=SignUpState.IN), name="sign_up_checked_in_if_in"
            ),
            models.UniqueConstraint(
                fields=["activity", "participant"], name=ONE_LIVE_SIGN_UP, condition=Q(state__in=LIVE_SIGN_UPS)
            ),
        ]
        indexes = [
            models.Index(fields=["activity", "id"], name="sign_up_queue", condition=Q(state=SignUpState.WAITING)),
            models.Index(fields=["offered_until"], name="sign_up_offers", condition=Q(state=SignUpState.OFFERED)),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("activities:sign_up_detail", args=[self.code])

    @property
    def is_live(self) -> bool:
        """Whether it may still lead to coming."""
        return self.state in LIVE_SIGN_UPS


class SignUpEvent(models.Model):
    """Event of a sign-up: who did what, when, from which state to which, and why."""

    append_only = True

    sign_up = models.ForeignKey(SignUp, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=14, choices=SignUpVerb.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    from_state = models.CharField(max_length=8, blank=True)
    to_state = models.CharField(max_length=8, choices=SignUpState.choices)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False) | Q(verb__in=AUTOMATIC_VERBS), name="sign_up_event_has_an_actor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up_id} {self.verb}"
