"""The service worker of the record page, at an address below which it may answer."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse

from common.http.views import public_page

WORKER = "js/record-worker.js"


@public_page
def record_worker(request: HttpRequest) -> HttpResponse:
    """Public: the script says nothing of anybody. Browsers ask for a service worker past their caches."""
    found = finders.find(WORKER)
    return HttpResponse(Path(str(found)).read_bytes(), content_type="text/javascript")
