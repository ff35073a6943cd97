"""Production refuses to start unsafe, in a process of its own as a server would start."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from tests.architecture.sources import PROJECT

SAFE = {
    "DJANGO_SETTINGS_MODULE": "pingh_portal.settings.prod",
    "SECRET_KEY": "a-random-string-of-more-than-fifty-characters-0123456789",
    "ALLOWED_HOSTS": "portal.example.gov.cn",
    "DATABASE_URL": "postgres:///nowhere",
    "REDIS_URL": "redis://127.0.0.1:1",
    "SMS_CHANNEL": "carrier.Sms",
}

CHECK = """
import django
from django.core.management import call_command
django.setup()
call_command("check", deploy=True, fail_level="WARNING")
"""
COOKIES = """
from pingh_portal.settings import prod as p
assert p.SESSION_COOKIE_SECURE and p.CSRF_COOKIE_SECURE and p.LANGUAGE_COOKIE_SECURE
assert p.SESSION_COOKIE_HTTPONLY and p.SESSION_COOKIE_SAMESITE == "Lax"
assert p.SECURE_HSTS_SECONDS >= 31536000
assert p.CSRF_TRUSTED_ORIGINS == ["https://portal.example.gov.cn"]
assert not hasattr(p, "SECURE_PROXY_SSL_HEADER")
"""
# Each widening of it is a decision, made here too.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in (SAFE | changes).items() if value}
    environment["PATH"] = os.environ["PATH"]
    return subprocess.run(
        [sys.executable, "-c", CHECK],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_safe_environment_starts_and_passes_djangos_own_check():
    started = start()
    assert started.returncode == 0, started.stderr[-2000:]


@pytest.mark.parametrize(
    ("unsafe", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "dev-only-never-used-in-production-even-if-it-were-long-enough"}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "portal.example.gov.cn,.example.gov.cn"}, "ALLOWED_HOSTS"),
        ({"DEMO": "1"}, "DEMO"),
        ({"SMS_CHANNEL": ""}, "SMS_TO_CONSOLE"),
        ({"SMS_CHANNEL": "common.messaging.console.ConsoleSms"}, "SMS_TO_CONSOLE"),
        ({"SMS_CHANNEL": "", "SMS_TO_CONSOLE": "perhaps"}, "SMS_TO_CONSOLE"),
    ],
)
def test_an_unsafe_one_is_refused_in_a_sentence(unsafe, said):
    refused = start(**unsafe)
    assert refused.returncode != 0
    assert "ImproperlyConfigured" in refused.stderr
    assert said in refused.stderr.strip().splitlines()[-1]


def test_texts_may_be_printed_where_that_is_said():
    assert start(SMS_CHANNEL="", SMS_TO_CONSOLE="1").returncode == 0


def test_cookies_travel_over_https_alone():
    # As a class of settings, read without starting: what `check --deploy` doesn't look at.
    environment = SAFE | {"PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", COOKIES], cwd=PROJECT, env=environment, timeout=60, check=True)


def test_the_whole_policy_of_a_page(client):
    said = client.get("/privacy/")["Content-Security-Policy"]
    assert sorted(said.split("; ")) == sorted(POLICY.split("; "))


def test_limits_are_set_by_default():
    """Of the API by visitor, of signing in by address and by name.

    Off, they would be missed by nobody until somebody comes.
    """
    assert settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] == {"anonymous": "120/min", "signed-in": "600/min"}
    throttles = [import_string(throttle) for throttle in settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"]]
    assert {throttle.scope for throttle in throttles} == {"anonymous", "signed-in"}
    assert settings.ACCOUNT_RATE_LIMITS == {
        "login": "300/m/ip",
        "login_failed": "20/m/ip,5/300s/key",
        "request_login_code": "120/m/ip,3/m/key,10/d/key",
        "code_from_address": "200/d/ip",
    }
    assert settings.SEARCH_RATE == "60/m"
    assert settings.RATING_RATE == "120/m"
