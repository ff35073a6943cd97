"""Every address of the portal."""

from django.urls import include, path

from accounts.views.preferences import set_language

urlpatterns = [
    path("", include("pages.urls")),
    path("", include("imports.urls")),
    path("", include("ledger.urls")),
    path("", include("ratings.urls")),
    path("", include("activities.urls")),
    path("", include("bookings.urls")),
    path("", include("catalog.urls")),
    path("", include("organizations.urls")),
    path("", include("stats.urls")),
    path("", include("centers.urls")),
    path("", include("notifications.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("accounts.urls.allauth")),
    path("preferences/language/", set_language, name="set_language"),
    path("api/", include("pingh_portal.api")),
]

handler400 = "pingh_portal.errors.bad_request"
handler404 = "pingh_portal.errors.page_not_found"
handler500 = "pingh_portal.errors.server_error"
