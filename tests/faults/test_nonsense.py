"""Whatever stands in an address, a form, a cookie or a header: a refusal in words, never a failure of ours."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.services import limits
from bookings.models import Booking, Space
from centers.choices import Role
from centers.models import Center, CenterRole
from ratings.choices import Grade
from ratings.values.tokens import Kind, Token, tablet_token
from tests.architecture.permission_table import all_names
from tests.factories.activities import make_activity
from tests.factories.bookings import TODAY, book, make_space, open_daily
from tests.factories.ratings import rate
from tests.faults.sensible import DOORS, FORMS, QUERIES
from tests.support.cast import Cast, make_cast

NONSENSE = (
    "",
    "\0",
    "x" * 10_000,
    "-1",
    "9" * 40,
    "0001-01-01",
    "0001-01-01T00:00",
    "9999-12-31",
    "9999-12-31T23:30",
    "2026-11-25T09:00+99:00",
    "中\U00020000\U0001f600\u202e",
    "//evil.example/",
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("light_pages")]
Answers = list[tuple[int, str]]


@pytest.fixture(autouse=True)
def _no_limit(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_RATE = settings.RATING_RATE = None
    settings.ACCOUNT_RATE_LIMITS = {}
    monkeypatch.setattr(limits, "take_code", lambda request, phone: True)


@pytest.fixture
def cast(clock: Any) -> Cast:
    return make_cast()


@pytest.fixture
def space(cast: Cast) -> Space:
    open_daily(cast.city)
    return make_space(cast.center)


@pytest.fixture
def places(cast: Cast, space: Space) -> dict[str, Any]:
    """Something that is there for each argument of an address. `pk` is the room's but where it is a role's."""
    booking: Booking = book(cast["resident"], space)
    nothing = {"token": "none", "name": "none.jpg", "day": "2026-11-24", "key": UUID(int=1), "number": 1}
    nothing |= {"metric": "activity.people", "month": "2026-10"}
    return {"code": cast.center.code, "reference": booking.reference, "pk": space.pk, **nothing}


def address(name: str, places: dict[str, Any]) -> str:
    if name in ("centers:role_end", "centers:staff_password"):
        places = {
            **places,
            "pk": CenterRole.objects.filter(center__code=places["code"], role=Role.STAFF).values_list("pk", flat=True)[
                0
            ],
        }
    if name.startswith("ratings:"):
        places = {**places, **of_rating(name, places["code"])}
    if "sign_up" in name:
        # A code that could be somebody's, of nobody.
        places = {**places, "code": "2ZZZZZZZZZ"}
    [(_route, arguments), *_rest] = [possibility[0][0] for possibility in get_resolver_of(name)]
    return reverse(name, kwargs={argument: places[argument] for argument in arguments})


def of_rating(name: str, code: str) -> dict[str, Any]:
    """Arguments of a page of ratings: the token of the center's counter or tablet, or a bad rating there."""
    center = Center.objects.get(code=code)
    if name == "ratings:rating_create":
        return {"token": str(Token(Kind.CENTER, code))}
    if name == "ratings:tablet_question":
        return {"token": tablet_token(code)}
    held = make_activity(center, 9, 10, day=TODAY)
    return {"reference": rate(held, Grade.DISSATISFIED).reference} if name == "ratings:rating_detail" else {}


def get_resolver_of(name: str) -> Any:
    *namespaces, plain = name.split(":")
    resolver = get_resolver()
    for namespace in namespaces:
        resolver = resolver.namespace_dict[namespace][1]
    return resolver.reverse_dict.getlist(plain)


def client_of(cast: Cast, role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast[role])
    return client


def variations(sense: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The sensible answers with one of them replaced; all of them; and one twice is in `test_a_name_said_twice`."""
    for name in sense:
        for value in NONSENSE:
            yield f"{name}={value[:24]!r}", {**sense, name: value}
    for value in NONSENSE:
        yield f"all={value[:24]!r}", dict.fromkeys(sense, value)


def failures(answers: Answers) -> list[str]:
    return [f"{status} {asked}" for status, asked in answers if status >= 500]


@pytest.mark.parametrize("name", QUERIES)
def test_queries(cast: Cast, places: dict[str, Any], name: str) -> None:
    client, path = client_of(cast, "city_admin"), address(name, places)
    answers = [
        (client.get(f"{path}?{urlencode(query)}").status_code, asked) for asked, query in variations(QUERIES[name])
    ]
    assert not failures(answers)


@pytest.mark.parametrize("name", FORMS)
def test_forms(cast: Cast, places: dict[str, Any], name: str) -> None:
    client, path = client_of(cast, "city_admin"), address(name, places)
    answers = [(client.post(path, form).status_code, asked) for asked, form in variations(FORMS[name])]
    assert not failures(answers)


@pytest.mark.parametrize("name", DOORS)
def test_doors(cast: Cast, name: str) -> None:
    client = Client(raise_request_exception=False)
    client.post(reverse("account_request_login_code"), {"phone": "19900000001"})
    answers = []
    for asked, form in variations(DOORS[name]):
        for sent in (client.post(reverse(name), form), client.get(f"{reverse(name)}?{urlencode(form)}")):
            answers.append((sent.status_code, asked))
    assert not failures(answers)


def test_addresses(cast: Cast, places: dict[str, Any]) -> None:
    """Each argument of each address, for a visitor and for the city's administrator, who comes farthest."""
    clients = [Client(raise_request_exception=False), client_of(cast, "city_admin")]
    answers: Answers = []
    for value in ("\0", "x" * 5000, "9" * 40, "中\U00020000", "%", " ", "..", "-1", "0"):
        for path in paths_with(value, places):
            answers += [(client.get(path).status_code, f"{path[:60]!r}") for client in clients]
    assert not failures(answers)


def paths_with(value: str, places: dict[str, Any]) -> Iterator[str]:
    for name in all_names():
        for [(route, arguments), *_more] in (possibility[0] for possibility in get_resolver_of(name)):
            for wrong in arguments:
                filled = {argument: quote(str(places.get(argument, "x"))) for argument in arguments} | {
                    wrong: quote(value)
                }
                yield "/" + route % filled


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_none(cast: Cast, places: dict[str, Any], name: str) -> None:
    """Empty, of another type, of an unknown encoding, cut short, or not even text."""
    client, path = client_of(cast, "city_admin"), address(name, places)
    bodies = [
        (b"", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00" * 100, "application/x-www-form-urlencoded"),
        (b"start=%ff%fe&headcount=%00", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"a=1", "application/x-www-form-urlencoded; charset=hex"),
        (b"a=1", "application/x-www-form-urlencoded; charset=no-such-thing"),
        (b"--x\r\nContent-Disposition: form-data; na", "multipart/form-data; boundary=x"),
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\n", "multipart/form-data; boundary=\xe4"),
        (
            b'--x\r\nContent-Disposition: form-data; name="reason"; filename="a.txt"\r\n\r\nfile\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"{}", "application/json"),
        ("&".join(f"a{n}=1" for n in range(1200)).encode(), "application/x-www-form-urlencoded"),
    ]
    answers = [
        (client.generic("POST", path, body, content_type=kind).status_code, f"{kind} {body[:20]!r}")
        for body, kind in bodies
    ]
    assert not failures(answers)


@pytest.mark.parametrize("name", QUERIES)
def test_a_name_said_twice(cast: Cast, places: dict[str, Any], name: str) -> None:
    client, path = client_of(cast, "city_admin"), address(name, places)
    query = urlencode({key: [value, "\0", "x"] for key, value in QUERIES[name].items()}, doseq=True)
    answers = [(client.get(f"{path}?{query}").status_code, "twice")]
    assert not failures(answers)


@pytest.mark.parametrize("path", ["/about/", "/me/", "/api/v1/no-such-thing/", "/no/such/page/", "/accounts/login/"])
def test_cookies_and_headers(cast: Cast, path: str) -> None:
    answers: Answers = []
    for cookie in ("sessionid", "csrftoken", "django_language", "elder", "messages", "zzz"):
        for value in (
            "",
            '"\\000aaaaaaaaaaaa"',
            "x" * 4000,
            "%00",
            "\xe4\xb8\xad",
            "..",
            "[[]]",
            '"',
            "zh-hans; DROP",
            "a" * 32,
        ):
            client = Client(raise_request_exception=False)
            answers.append((client.get(path, HTTP_COOKIE=f"{cookie}={value}").status_code, f"{cookie}={value[:24]}"))
    headers = {
        "HTTP_ACCEPT_LANGUAGE": ("", "x" * 5000, "zh;q=NaN", "*;q=9", "\xff", "en-" * 500),
        "HTTP_ACCEPT": ("", "x/y", "application/json;q=x", "*/" * 300),
        "HTTP_HX_REQUEST": ("true", "x"),
        "HTTP_HX_CURRENT_URL": ("http://[", "\xff", "x" * 3000),
        "HTTP_HX_TARGET": ("\xff", "x" * 3000),
        "HTTP_HX_TRIGGERING_EVENT": ("{", "null"),
        "HTTP_REFERER": ("http://[", "//evil.example"),
        "HTTP_IF_NONE_MATCH": ("\xff", '"' * 100),
        "HTTP_IF_MODIFIED_SINCE": ("never", "Wed, 31 Feb 9999 99:99:99 GMT"),
        "HTTP_RANGE": ("bytes=9-1",),
        "HTTP_HOST": ("evil.example", "[", "127.0.0.1:99999999", "a b"),
        "HTTP_X_FORWARDED_FOR": ("x", "1.2.3.4, \xff"),
        "REMOTE_ADDR": ("x", "::1%eth0"),
        "HTTP_SEC_PURPOSE": ("prefetch",),
    }
    for header, values in headers.items():
        for value in values:
            client = client_of(cast, "resident")
            answers.append((client.get(path, **{header: value}).status_code, f"{header}: {value[:24]}"))
    assert not failures(answers)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
def test_methods(cast: Cast, places: dict[str, Any], method: str) -> None:
    """HEAD answers where GET does; whatever a page has no use for is refused, and changes nothing."""
    client, answers = client_of(cast, "city_admin"), []
    for name in all_names():
        if name.startswith("account_") or name in ("api_unknown", "set_language"):
            continue
        path = address(name, {**places, "rest": "x"})
        sent = getattr(client, method)(path)
        if method == "head":
            assert sent.status_code == client.get(path).status_code, path
        elif method in ("put", "patch", "delete", "trace"):
            assert sent.status_code in (403, 404, 405), f"{method} {path} {sent.status_code}"
        answers.append((sent.status_code, f"{method} {path}"))
    assert not failures(answers)
