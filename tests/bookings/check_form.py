"""Data that the check page sends."""

SLOT = {
    "starts_at": "2026-11-25T09:00",
    "ends_at": "2026-11-25T11:00",
    "headcount": "12",
    "purpose": "residents_meeting",
}
FORM = {**SLOT, "name": "演示居民01", "organisation": "", "note": "", "agree": "on"}
