"""/inbox/"""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [path("inbox/", views.message_list, name="message_list")]
