"""Addresses of activities, sign-ups and their desk."""

from django.urls import URLPattern, path

from activities.views import (
    archive,
    desk,
    embedding,
    export,
    feeds,
    groups,
    inspections,
    manage,
    offline,
    photos,
    public,
    records,
    series,
    sign_ups,
    themes,
    visits,
    wall,
)
from activities.views import participants as people

app_name = "activities"

# At the door and with the list, for those who work at the center.
desk_of_activity: list[URLPattern] = [
    path("work/activities/<str:reference>/", desk.desk_detail, name="desk_detail"),
    path("work/activities/<str:reference>/check-in/", desk.desk_check_in, name="desk_check_in"),
    path("work/activities/<str:reference>/check-in/undo/", desk.desk_check_in_undo, name="desk_check_in_undo"),
    path("work/activities/<str:reference>/count/", desk.desk_count, name="desk_count"),
    path("work/activities/<str:reference>/count/undo/", desk.desk_count_undo, name="desk_count_undo"),
    path("work/activities/<str:reference>/group/", groups.desk_group, name="desk_group"),
    path("work/activities/<str:reference>/wall/", wall.wall_detail, name="wall_detail"),
    path("work/activities/<str:reference>/sign-up/", desk.desk_sign_up, name="desk_sign_up"),
    path("work/activities/<str:reference>/people/<str:code>/phone/", desk.desk_phone, name="desk_phone"),
    path("work/activities/<str:reference>/people/<str:code>/remove/", desk.desk_remove, name="desk_remove"),
]

# Entering, publishing, changing, calling off, recording.
managing: list[URLPattern] = [
    path("work/activities/", manage.manage_list, name="manage_list"),
    path("work/activities/new/", manage.manage_create, name="manage_create"),
    path("work/activities/export.xlsx", export.manage_export_workbook, name="manage_export_workbook"),
    path("work/activities/export.csv", export.manage_export_text, name="manage_export_text"),
    path("work/activities/held/", records.record_held, name="record_held"),
    path("work/activities/<str:reference>/edit/", manage.manage_edit, name="manage_edit"),
    path("work/activities/<str:reference>/publish/", manage.manage_publish, name="manage_publish"),
    path("work/activities/<str:reference>/cancel/", manage.manage_cancel, name="manage_cancel"),
    path("work/activities/<str:reference>/repeat/", series.series_create, name="series_create"),
    path("work/activities/<str:reference>/record/", records.record_create, name="record_create"),
    path("work/activities/<str:reference>/record/correct/", records.record_revise, name="record_revise"),
    path("work/activities/<str:reference>/photos/", photos.photo_list, name="photo_list"),
    path("work/activities/<str:reference>/photos/<str:name>/remove/", photos.photo_remove, name="photo_remove"),
    path("work/activities/<str:reference>/photos/<str:name>/show/", photos.photo_show, name="photo_show"),
    path("work/activities/<str:reference>/photos/<str:name>/hide/", photos.photo_hide, name="photo_hide"),
    path("work/record-worker.js", offline.record_worker, name="record_worker"),
]

# Themes and campaigns, for those who manage the whole network.
setting_up: list[URLPattern] = [
    path("manage/themes/", themes.theme_list_manage, name="theme_list_manage"),
    path("manage/themes/new/", themes.theme_create, name="theme_create"),
    path("manage/themes/<int:pk>/", themes.theme_edit, name="theme_edit"),
    path("manage/campaigns/new/", themes.campaign_create, name="campaign_create"),
    path("manage/campaigns/<int:pk>/", themes.campaign_edit, name="campaign_edit"),
]

# Inspections, what they demand, and the archive.
inspecting: list[URLPattern] = [
    path("work/activities/<str:reference>/inspection/", inspections.inspection_detail, name="inspection_detail"),
    path(
        "work/activities/<str:reference>/rectifications/new/",
        inspections.rectification_create,
        name="rectification_create",
    ),
    path("work/rectifications/", inspections.rectification_list, name="rectification_list"),
    path("work/rectifications/<int:pk>/", inspections.rectification_detail, name="rectification_detail"),
    path("work/rectifications/<int:pk>/verify/", inspections.rectification_verify, name="rectification_verify"),
    path("work/rectifications/<int:pk>/back/", inspections.rectification_send_back, name="rectification_send_back"),
    path("work/coverage/", inspections.coverage_detail, name="coverage_detail"),
    path("work/activities/<str:reference>/archive/", archive.archive_create, name="archive_create"),
    path("work/activities/<str:reference>/reopen/", archive.archive_reopen, name="archive_reopen"),
]

# Study visits: asking for one, and answering.
visiting: list[URLPattern] = [
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/new/", visits.visit_create, name="visit_create"),
    path("visits/<str:reference>/", visits.visit_detail, name="visit_detail"),
    path("visits/<str:reference>/withdraw/", visits.visit_withdraw, name="visit_withdraw"),
    path("work/visits/", visits.visit_queue, name="visit_queue"),
    path("work/visits/<str:reference>/", visits.visit_decide, name="visit_decide"),
    path("work/visits/<str:reference>/refuse/", visits.visit_refuse, name="visit_refuse"),
    path("work/visits/<str:reference>/phone/", visits.visit_phone, name="visit_phone"),
]

# Files of photos: shown with consent, or to those who work for the center.
photo_files: list[URLPattern] = [path("photos/<str:name>/", photos.photo_file, name="photo_file")]

# Finding an activity: public.
finding: list[URLPattern] = [
    path("activities/", public.activity_list, name="activity_list"),
    # Before the references of activities, which are ten letters and digits.
    path("activities/themes/", themes.theme_list, name="theme_list"),
    path("activities/<str:reference>/", public.activity_detail, name="activity_detail"),
    path("activities/<str:reference>/calendar.ics", public.activity_calendar, name="activity_calendar"),
]

# The code on the wall, scanned by who comes.
arriving: list[URLPattern] = [
    path("activities/<str:reference>/wall/<str:code>/", wall.wall_scan, name="wall_scan"),
    path("activities/<str:reference>/here/", wall.wall_arrive, name="wall_arrive"),
    path("activities/<str:reference>/here/join/", wall.wall_join, name="wall_join"),
]

# Signing up, and one's own sign-ups.
signing_up: list[URLPattern] = [
    path("activities/<str:reference>/join/", sign_ups.sign_up_create, name="sign_up_create"),
    path("sign-ups/", sign_ups.sign_up_list, name="sign_up_list"),
    path("sign-ups/<str:code>/", sign_ups.sign_up_detail, name="sign_up_detail"),
    path("sign-ups/<str:code>/calendar.ics", sign_ups.sign_up_calendar, name="sign_up_calendar"),
    path("sign-ups/<str:code>/accept/", sign_ups.sign_up_accept, name="sign_up_accept"),
    path("sign-ups/<str:code>/decline/", sign_ups.sign_up_decline, name="sign_up_decline"),
    path("sign-ups/<str:code>/cancel/", sign_ups.sign_up_leave, name="sign_up_leave"),
]

# The people whom an account signs up.
participants: list[URLPattern] = [
    path("my/people/", people.participant_list, name="participant_list"),
    path("my/people/new/", people.participant_create, name="participant_create"),
    path("my/people/<int:pk>/", people.participant_edit, name="participant_edit"),
    path("my/people/<int:pk>/remove/", people.participant_remove, name="participant_remove"),
]

# What one is in, as a calendar of one's own.
feed: list[URLPattern] = [
    path("my/calendar/", feeds.feed_detail, name="feed_detail"),
    path("feeds/<str:token>.ics", feeds.feed_file, name="feed_file"),
]

# On other websites and in other calendars: public. Before the feeds with a token, which no token shadows.
elsewhere: list[URLPattern] = [
    path("embed/", embedding.embed_help, name="embed_help"),
    path("embed/activities/", embedding.embed_list, name="embed_list"),
    path("feeds/activities.ics", embedding.public_calendar, name="public_calendar"),
    path("feeds/activities.json", embedding.public_json, name="public_json"),
]

urlpatterns: list[URLPattern] = [
    *elsewhere,
    *finding,
    *arriving,
    *signing_up,
    *participants,
    *feed,
    *managing,
    *setting_up,
    *desk_of_activity,
    *inspecting,
    *visiting,
    *photo_files,
]
