"""Addresses of the composed pages."""

from django.urls import URLPattern, path

from pages.views import api_page, center, find, home, mine, static, workbench

app_name = "pages"

# Where people arrive: public.
entrance: list[URLPattern] = [
    path("", home.home, name="home"),
    path("find/", find.find, name="find"),
]

# What every public site says about itself.
about_the_site: list[URLPattern] = [
    path("about/", static.about, name="about"),
    path("privacy/", static.privacy, name="privacy"),
    path("accessibility/", static.accessibility, name="accessibility"),
    path("site-map/", static.site_map, name="site_map"),
    path("api/", api_page.api_docs, name="api_docs"),
]

# For the machines that watch the portal.
watching: list[URLPattern] = [
    path("healthz", static.healthz, name="healthz"),
]

# A center, all of it on one page.
centers: list[URLPattern] = [
    path("centers/<str:code>/", center.center_detail, name="center_detail"),
    path("manage/centers/<str:code>/", center.center_manage, name="center_manage"),
]

# One's own page, and the daily work of those who work at a center.
personal: list[URLPattern] = [
    path("me/", mine.my_page, name="my_page"),
    path("me/arrival/", mine.arrival, name="arrival"),
    path("work/", workbench.workbench, name="workbench"),
]

urlpatterns = [*entrance, *about_the_site, *watching, *centers, *personal]
