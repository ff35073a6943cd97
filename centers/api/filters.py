"""Filters of the API's list of centers."""

from django.utils.translation import gettext_lazy as _

from centers.filters import CenterFilter
from common.api.filters import YesNoFilter


class CenterApiFilter(CenterFilter):
    """Filters of the page with strict booleans: a check box takes whatever is sent for yes, a client says yes or no."""

    open_now = YesNoFilter(method="filter_open_now", label=_("Open now"))
    open_tonight = YesNoFilter(method="filter_open_tonight", label=_("Open tonight"))
