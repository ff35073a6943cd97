"""A small HTTP client for tests that press on a running portal from many threads.

Cookies, CSRF, JSON, redirects as they come.
"""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.core.files.base import ContentFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

TIMEOUT = 30.0


@dataclass(frozen=True)
class Answer:
    """What came back; redirects aren't followed."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def location(self) -> str:
        return next((value for name, value in self.headers.items() if name.lower() == "location"), "")

    def json(self) -> Any:
        return json.loads(self.body)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class PortalClient:
    """One visitor. `cookie` is a session made by `PortalServer.session_cookie`; one client belongs to one thread."""

    def __init__(self, url: str, *, cookie: dict[str, str] | None = None, language: str = "zh-hans") -> None:
        self.url = url
        self._cookies = SimpleCookie({cookie["name"]: cookie["value"]} if cookie else {})
        self._language = language
        self._open = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({})).open

    def set_cookie(self, cookie: dict[str, str]) -> None:
        """Carry a cookie (`name`, `value`) from now on."""
        self._cookies[cookie["name"]] = cookie["value"]

    def get(self, path: str, **headers: str) -> Answer:
        return self._send("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> Answer:
        """Send a form, with the token of an earlier page's cookie or one made up."""
        return self._send(
            "POST", path, urlencode(fields | {"csrfmiddlewaretoken": self._token()}, doseq=True).encode(), headers
        )

    def post_files(self, path: str, fields: dict[str, str], files: dict[str, list[bytes]], **headers: str) -> Answer:
        """Send a form with files, as a browser does."""
        body = encode_multipart(
            BOUNDARY,
            {
                **fields,
                "csrfmiddlewaretoken": self._token(),
                **{name: [ContentFile(one, f"{n}.jpg") for n, one in enumerate(many)] for name, many in files.items()},
            },
        )
        return self._send("POST", path, body, headers | {"Content-Type": MULTIPART_CONTENT})

    def post_json(self, path: str, body: Any, **headers: str) -> Answer:
        """Send JSON to the API, with the CSRF token its session authentication asks for."""
        token = {"X-CSRFToken": self._token(), "Content-Type": "application/json"}
        return self._send("POST", path, json.dumps(body).encode(), headers | token)

    def _token(self) -> str:
        if "csrftoken" not in self._cookies:
            # Any 32 letters will do as the cookie: the form's token must only agree with it.
            self._cookies["csrftoken"] = "t" * 32
        return self._cookies["csrftoken"].value

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        sent = {
            "Accept-Language": self._language,
            "Cookie": self._cookies.output(header="", attrs=[], sep=";").strip(),
            **headers,
        }
        request = urllib.request.Request(self.url + path, data=body, headers=sent, method=method)
        try:
            with self._open(request, timeout=TIMEOUT) as response:
                return self._answer(response)
        except urllib.error.HTTPError as error:
            with error:
                return self._answer(error)

    def _answer(self, response: Any) -> Answer:
        for line in response.headers.get_all("Set-Cookie", []):
            self._cookies.load(line)
        return Answer(response.status, dict(response.headers.items()), response.read().decode("utf-8"))
