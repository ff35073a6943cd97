"""Addresses of the composed pages."""

from django.urls import URLPattern, path

from pages.views import api_page, board, center, find, home, mine, network, static, workbench

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
    path("work/find/", workbench.lookup, name="lookup"),
    path("work/day/", workbench.day_list, name="day_list"),
    path("work/more/", workbench.more, name="more"),
]

# The network as those above see it.
from_above: list[URLPattern] = [
    path("work/network/", network.network_overview, name="network_overview"),
    path("statistics/board/", board.board, name="board"),
    path("work/network/centers/", network.network_centers, name="network_centers"),
    path("work/network/centers.xlsx", network.network_sheet, {"kind": "xlsx"}, name="network_xlsx"),
    path("work/network/centers.csv", network.network_sheet, {"kind": "csv"}, name="network_csv"),
]

urlpatterns = [*entrance, *about_the_site, *watching, *centers, *personal, *from_above]
