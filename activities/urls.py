"""Addresses of activities, sign-ups and their desk."""

from django.urls import URLPattern, path

from activities.views import desk, manage, offline, photos, records

app_name = "activities"

# At the door and with the list, for those who work at the center.
desk_of_activity: list[URLPattern] = [
    path("work/activities/<str:reference>/", desk.desk_detail, name="desk_detail"),
    path("work/activities/<str:reference>/check-in/", desk.desk_check_in, name="desk_check_in"),
    path("work/activities/<str:reference>/check-in/undo/", desk.desk_check_in_undo, name="desk_check_in_undo"),
    path("work/activities/<str:reference>/count/", desk.desk_count, name="desk_count"),
    path("work/activities/<str:reference>/count/undo/", desk.desk_count_undo, name="desk_count_undo"),
    path("work/activities/<str:reference>/sign-up/", desk.desk_sign_up, name="desk_sign_up"),
    path("work/activities/<str:reference>/people/<str:code>/phone/", desk.desk_phone, name="desk_phone"),
    path("work/activities/<str:reference>/people/<str:code>/remove/", desk.desk_remove, name="desk_remove"),
]

# Entering, publishing, changing, calling off, recording.
managing: list[URLPattern] = [
    path("work/activities/", manage.manage_list, name="manage_list"),
    path("work/activities/new/", manage.manage_create, name="manage_create"),
    path("work/activities/held/", records.record_held, name="record_held"),
    path("work/activities/<str:reference>/edit/", manage.manage_edit, name="manage_edit"),
    path("work/activities/<str:reference>/publish/", manage.manage_publish, name="manage_publish"),
    path("work/activities/<str:reference>/cancel/", manage.manage_cancel, name="manage_cancel"),
    path("work/activities/<str:reference>/record/", records.record_create, name="record_create"),
    path("work/activities/<str:reference>/record/correct/", records.record_revise, name="record_revise"),
    path("work/activities/<str:reference>/photos/", photos.photo_list, name="photo_list"),
    path("work/activities/<str:reference>/photos/<str:name>/remove/", photos.photo_remove, name="photo_remove"),
    path("work/activities/<str:reference>/photos/<str:name>/show/", photos.photo_show, name="photo_show"),
    path("work/record-worker.js", offline.record_worker, name="record_worker"),
]

# Files of photos: shown with consent, or to those who work for the center.
photo_files: list[URLPattern] = [path("photos/<str:name>/", photos.photo_file, name="photo_file")]

# The public page, until it is there.
finding: list[URLPattern] = [path("activities/<str:reference>/", desk.desk_detail, name="activity_detail")]

urlpatterns: list[URLPattern] = [*finding, *managing, *desk_of_activity, *photo_files]
