"""/inbox/"""

from django.urls import path

from notifications.views import inbox, reminders

app_name = "notifications"

urlpatterns = [
    path("inbox/", inbox.message_list, name="message_list"),
    path("my/reminders/", reminders.reminder_edit, name="reminder_edit"),
]
