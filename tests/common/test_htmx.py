"""Who gets the fragment, and what caches are told."""

import pytest
from django.template import engines
from django_htmx.middleware import HtmxDetails

from common.http import htmx


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_htmx_gets_the_fragment_but_for_whole_pages(rf, monkeypatch, headers, fragment):
    monkeypatch.setattr(htmx, "render", lambda request, name, context, status: answer(name, context, status))
    request = rf.get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    response = htmx.render_page(request, "page.html", "_part.html", {"x": 1}, status=422)
    assert response.content.decode() == ("_part.html 1" if fragment else "page.html 1")
    assert response.status_code == 422
    assert response.has_header(htmx.FRAGMENT_HEADER) is fragment
    assert set(response["Vary"].split(", ")) == {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"}


def answer(name, context, status):
    from django.http import HttpResponse

    return HttpResponse(engines["django"].from_string(f"{name} {{{{ x }}}}").render(context), status=status)
