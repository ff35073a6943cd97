"""/inbox/"""

from django.urls import path

from notifications.views import inbox

app_name = "notifications"

urlpatterns = [path("inbox/", inbox.message_list, name="message_list")]
