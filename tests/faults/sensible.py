"""Queries and forms of pages with sense in them, which nonsense takes the place of piece by piece."""

SLOT = {"starts_at": "2026-11-26T09:00", "ends_at": "2026-11-26T10:00", "headcount": "5", "purpose": "training"}
WHEN = {"day": "2026-11-26", "start": "09:00", "end": "11:00", "headcount": "5", "near": "330482"}
TIMES = {"on_opens_1": "09:00", "on_closes_1": "10:00"}
POLICY = {
    "notice_workdays": "1", "horizon_days": "30", "longest_minutes": "240", "turnaround_minutes": "30",
    "quota_count": "4",
    "confirm_mode": "staff", "decide_workdays": "1", "cancel_hours": "24",
}  # fmt: skip
ROOM = {
    "name": "新会议室",
    "capacity": "20",
    "area_kind": "activity",
    "equipment": "projector",
    "description": "",
    "is_active": "on",
    "parts": "",
}
# What pages read of their query, with sense in it.
QUERIES: dict[str, dict[str, str]] = {
    "pages:home": {"near": "330482"},
    "pages:find": {"q": "水洞埭", "kind": "rooms", "page": "1"},
    "activities:embed_help": {"center": "330482", "days": "7"},
    "activities:embed_list": {"center": "330482", "days": "7", "lang": "zh"},
    "activities:public_calendar": {"center": "330482"},
    "activities:public_json": {"center": "330482"},
    "bookings:space_search": {**WHEN, "confirm": "instant", "equipment": "projector", "area": "activity", "page": "1"},
    "bookings:space_detail": {**SLOT, "week": "2026-11-26", "day": "2026-11-26"},
    "bookings:booking_create": SLOT,
    "bookings:booking_list": {"page": "1"},
    "bookings:booking_detail": {"new": "1"},
    "bookings:decision_list": {"status": "pending", "center": "330482", "day": "2026-11-26", "page": "1"},
    "bookings:booking_reject": {"next": "/work/"},
    "centers:center_list": {"q": "村", "under": "330482", "level": "village", "open_now": "on", "open_tonight": "on"},
    "ledger:ledger_list": {"center": "330482", "month": "2026-11"},
    "ledger:work_log": {"center": "330482", "month": "2026-11"},
    "notifications:message_list": {"page": "1"},
    "pages:workbench": {"center": "330482"},
    "ratings:rating_create": {"thanks": "1"},
    "stats:record_list": {"center": "330482", "period": "2026-10", "own": "1", "page": "1", "format": "csv"},
    "stats:explain_detail": {"center": "330482", "period": "2026-10"},
    "stats:open_detail": {"period": "2026-10"},
    "stats:open_csv": {"period": "2026-10"},
    "stats:open_json": {"period": "2026-10"},
    "ratings:rating_list": {"center": "330482", "grade": "5", "channel": "qr", "page": "1"},
    "ratings:code_center": {"center": "330482"},
}
# What their forms send.
FORMS: dict[str, dict[str, str]] = {
    "bookings:booking_create": {**SLOT, "name": "演示居民01", "organisation": "", "note": "", "agree": "on"},
    "bookings:booking_cancel": {"reason": "另有安排"},
    "bookings:booking_release": {"reason": "另有安排"},
    "bookings:booking_approve": {"next": "/work/"},
    "bookings:booking_reject": {"reason": "另有安排", "next": "/work/"},
    "bookings:space_create": ROOM,
    "bookings:space_edit": ROOM,
    "bookings:policy_edit": POLICY,
    "bookings:space_policy_edit": POLICY,
    "centers:hours_edit": {"mon_opens_1": "09:00", "mon_closes_1": "10:00"},
    "centers:special_day_list": {"day": "2026-12-01", **TIMES, "reason": ""},
    "centers:special_day_remove": {"day": "2026-12-01"},
    "centers:role_list": {"user": "manager", "role": "staff", "first": "2026-11-26", "last": "2026-11-27"},
    "centers:role_end": {"last": "2026-12-31"},
    "centers:staff_password": {"password": "long-enough-2026"},
    "centers:staff_create": {
        "username": "new",
        "name": "新站长",
        "password": "long-enough-2026",
        "role": "staff",
        "first": "2026-11-26",
    },
    "pages:center_manage": {"phone": "0573-85000000", "address": "x"},
    "ratings:rating_create": {"grade": "1", "comment": "", "phone": "19900000042", "service": "1"},
    "ratings:tablet_question": {"grade": "5", "comment": "", "phone": "", "service": "1", "key": "1"},
    "ratings:rating_detail": {"step": "verify", "note": "已核实", "result": "reached"},
    "ratings:tablet_start": {"center": "330482"},
    "ledger:export_create": {"month": "2026-11", "format": "pdf"},
    "ledger:work_log_file": {"month": "2026-11"},
    "ledger:log_line": {"text": "走访三户", "corrects": ""},
    "accounts:elder_mode": {"elder": "1", "next": "/"},
    "accounts:password": {
        "current": "wrong",
        "password": "long-enough-2026",
        "again": "long-enough-2026",
        "next": "/me/",
    },
    "set_language": {"language": "en", "next": "/"},
}
DOORS: dict[str, dict[str, str]] = {
    "account_request_login_code": {"phone": "19900000001", "next": "/me/"},
    "account_confirm_login_code": {"code": "123456", "action": "resend", "next": "/me/"},
    "account_login": {"login": "staff", "password": "wrong", "next": "/me/"},
}
