"""Refusals of what one kind of activity has alone: study visits and inspections."""

from django.utils.translation import gettext_lazy as _

from activities.exceptions.activities import PlanError
from activities.exceptions.base import ActivityError


class VisitorsMissing(PlanError):
    code = "visitors_missing"
    message = _("Say who comes to visit.")
    field = "visiting_body"


class ShortNoticeReasonMissing(PlanError):
    """Visitors ask in good time; what is arranged sooner says why."""

    code = "short_notice_reason_missing"
    message = _("A visit is asked for %(workdays)s working days ahead, here %(day)s at the earliest. Say why sooner.")
    field = "short_notice_reason"


class OrganizationMissing(PlanError):
    code = "organization_missing"
    message = _("Say which organisation is inspected.")
    field = "organization"


class OrganizationElsewhere(PlanError):
    code = "organization_elsewhere"
    message = _("On that day no Party organisation of this center or below it is called so.")
    field = "organization"


class KindKept(ActivityError):
    """Refusal of another kind: something hangs on the detail of this one."""

    code = "kind_kept"
    message = _("Something was made of it that only this kind has. The kind stays as it is.")
    field = "kind"


class VisitError(ActivityError):
    """Base of what is refused of requests for study visits."""

    code = "visit_refused"


class VisitTooSoon(VisitError):
    code = "visit_too_soon"
    message = _("Ask %(workdays)s working days ahead, here for %(day)s or later. Sooner, call the center.")
    field = "day"


class VisitDecided(VisitError):
    code = "visit_decided"
    message = _("This request was answered already: %(state)s.")


class VisitReasonMissing(VisitError):
    code = "visit_reason_missing"
    message = _("Say why: the visitors read it.")
    status = 400
    field = "reason"


class InspectionError(ActivityError):
    """Base of what is refused of inspections and of what they demand."""

    code = "inspection_refused"


class DeadlinePast(InspectionError):
    code = "deadline_past"
    message = _("The deadline must be today or later.")
    status = 400
    field = "due_on"


class ProofMissing(InspectionError):
    code = "proof_missing"
    message = _("Say what was done.")
    status = 400
    field = "proof"


class SendBackReasonMissing(InspectionError):
    code = "send_back_reason_missing"
    message = _("Say what is still missing.")
    status = 400
    field = "note"


class RectificationChanged(InspectionError):
    code = "rectification_changed"
    message = _("Somebody was quicker. It now is: %(state)s.")
