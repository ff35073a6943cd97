"""The inbox, and the reminders that one wants."""

from tests.architecture.permission_table import Row, personal

ROWS = (
    Row("notifications:message_list", **personal()),
    Row("notifications:reminder_edit", **personal()),
    Row("notifications:reminder_edit", **personal(302), method="post", data={"day_before": "on"}),
)
