"""The codes that clients of the API branch on: each stands here in full, so that none is renamed by the way."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from common.api.framework import FRAMEWORK_WORDS, status_of
from common.errors import DomainError

# Code and status of every refusal, by module. A new one gets its line; one that is there stays as it is.
REFUSALS = {
    "accounts.exceptions": {
        "account_refused": 409,
        "code_too_early": 429,
        "demo_password_stays": 422,
        "has_no_password": 409,
        "invalid_phone": 422,
        "invalid_username": 422,
        "no_tries_left": 429,
        "own_password_needed": 403,
        "password_unchanged": 422,
        "purpose_missing": 422,
        "sign_in_busy": 429,
        "too_many_codes": 429,
        "too_many_codes_here": 429,
        "username_taken": 409,
        "weak_password": 422,
        "wrong_code": 422,
        "wrong_password": 422,
    },
    "activities.exceptions": {
        "activity_begun": 409,
        "activity_ends_before_start": 400,
        "activity_is_over": 409,
        "activity_not_allowed": 403,
        "activity_refused": 409,
        "ages_reversed": 400,
        "already_in": 409,
        "below_checked_in": 400,
        "birth_date_in_use": 409,
        "birth_date_missing": 400,
        "booking_has_activity": 409,
        "booking_not_usable": 409,
        "cancel_reason_missing": 400,
        "capacity_below_seats": 409,
        "check_in_refused": 409,
        "check_in_too_early": 409,
        "checked_in_already": 409,
        "consent_missing": 400,
        "full_at_door": 409,
        "heic_image": 400,
        "held_in_future": 400,
        "holder_known": 409,
        "image_too_large": 400,
        "more_names_than_people": 409,
        "no_sign_ups": 409,
        "nobody_chosen": 400,
        "nobody_counted": 409,
        "not_a_draft": 409,
        "not_an_image": 400,
        "not_held_yet": 409,
        "not_in": 409,
        "nothing_to_undo": 409,
        "offer_gone": 409,
        "organization_elsewhere": 409,
        "person_known": 409,
        "person_refused": 409,
        "person_signed_up": 409,
        "photo_consent_missing": 400,
        "photo_refused": 400,
        "planned_in_the_past": 400,
        "record_refused": 409,
        "recorded_already": 409,
        "revise_reason_missing": 400,
        "room_keeps_time": 409,
        "room_needed": 409,
        "same_people": 409,
        "same_person_elsewhere": 409,
        "sign_up_after_start": 400,
        "sign_up_closed": 409,
        "sign_up_not_open": 409,
        "sign_up_over": 409,
        "sign_up_refused": 409,
        "too_few_places": 409,
        "too_many_photos": 409,
        "too_old": 409,
        "too_young": 409,
        "unknown_code": 404,
        "wall_code_expired": 410,
    },
    "bookings.exceptions": {
        "already_decided": 409,
        "booking_refused": 409,
        "center_shut": 409,
        "ends_before_start": 400,
        "english_name_taken": 409,
        "in_the_past": 409,
        "name_taken": 409,
        "not_allowed": 403,
        "not_cancellable": 409,
        "not_in_use": 409,
        "off_grid": 400,
        "open_no_more": 409,
        "over_capacity": 400,
        "over_quota": 409,
        "own_request": 403,
        "parts_elsewhere": 400,
        "reason_missing": 400,
        "same_room": 409,
        "slot_taken": 409,
        "space_not_bookable": 409,
        "too_far_ahead": 409,
        "too_few_parts": 400,
        "too_late_to_decide": 409,
        "too_long": 409,
        "too_soon": 409,
        "under_maintenance": 409,
    },
    "catalog.exceptions": {
        "english_title_alone": 400,
        "not_allowed": 403,
        "not_from_above": 409,
        "service_refused": 409,
        "service_retired": 409,
        "shipped_file": 409,
        "switched_off_above": 409,
        "title_taken": 409,
    },
    "centers.exceptions": {
        "center_refused": 409,
        "closed_before_opening": 409,
        "closing_in_future": 409,
        "code_taken": 409,
        "level_rule_broken": 409,
        "move_too_early": 409,
        "not_allowed": 403,
        "nothing_above": 409,
        "password_beyond_reach": 403,
        "password_of_oneself": 409,
        "role_above_own": 409,
        "day_of_another_year": 422,
        "role_dates_wrong": 422,
        "role_exists": 409,
        "role_over": 422,
        "role_withdrawn": 409,
        "same_parent": 409,
        "span_backwards": 422,
        "spans_overlap": 422,
        "special_day_exists": 409,
        "still_has_centers": 409,
    },
    "common.errors": {"stale_form": 409},
    "common.sheets": {"sheet_empty": 422, "sheet_too_large": 422, "sheet_unreadable": 422},
    "ledger.exceptions": {
        "export_over": 409,
        "font_missing": 503,
        "ledger_not_allowed": 403,
        "ledger_refused": 409,
        "log_day_ahead": 409,
        "log_line_changed": 409,
        "log_line_missing": 422,
        "nothing_to_keep": 409,
        "too_many_activities": 409,
    },
    "organizations.exceptions": {
        "cannot_lead_below": 409,
        "dissolved_before_founding": 409,
        "founded_after_dissolution": 409,
        "import_has_faults": 409,
        "liaison_incomplete": 400,
        "move_before_founding": 409,
        "no_liaison": 404,
        "not_allowed": 403,
        "nothing_to_import": 409,
        "organization_dissolved": 409,
        "organization_move_too_early": 409,
        "organization_name_taken": 409,
        "organization_not_dissolved": 409,
        "organization_refused": 409,
        "parent_below": 409,
        "parent_cannot_lead": 409,
        "parent_dissolved": 409,
        "same_center": 409,
        "still_leads": 409,
    },
    "common.api.idempotency": {"idempotency_key_invalid": 400, "idempotency_key_reused": 422},
}
# What the framework refuses before any rule is asked.
FRAMEWORK = {
    "csrf_failed": 403,
    "error": 500,
    "invalid": 400,
    "method_not_allowed": 405,
    "not_acceptable": 406,
    "not_authenticated": 403,
    "not_found": 404,
    "parse_error": 400,
    "permission_denied": 403,
    "throttled": 429,
    "unavailable": 503,
    "unsupported_media_type": 415,
}


def refusals(base: type[DomainError]) -> Iterator[type[DomainError]]:
    for error in base.__subclasses__():
        yield error
        yield from refusals(error)


def module_of(error: type[DomainError]) -> str:
    """The module of a refusal; of those that stand in a package `exceptions`, the package."""
    return re.sub(r"(\.exceptions)\..*", r"\1", error.__module__)


@pytest.mark.parametrize("module", REFUSALS)
def test_the_codes_of_refusals_stay(module: str) -> None:
    import_module(module)
    # The base of the services' own refusals is never raised by itself, and shares the code of its base.
    own = [error for error in refusals(DomainError) if module_of(error) == module and "code" in vars(error)]
    assert {error.code: error.status for error in own} == REFUSALS[module]
    assert len({error.code for error in own}) == len(own), "no two refusals share a code"


def test_no_refusal_stands_nowhere() -> None:
    # The demo is filled by command, and buttons are on pages alone: no client of the API meets their refusals.
    written = {module_of(error) for error in refusals(DomainError) if not error.__module__.startswith("tests.")}
    assert written - {"demo.exceptions", "common.http.forms"} <= set(REFUSALS)


def test_the_codes_of_the_framework_stay() -> None:
    assert {error.default_code: status_of(error) for error in FRAMEWORK_WORDS} == FRAMEWORK
