"""Signing in and out, and what a visitor sets for themselves."""

from tests.architecture.permission_table import Kind, Row, public
from tests.support.cast import ANONYMOUS, EVERYBODY

# Who is signed in already is sent on from the doors.
DOOR = {"kind": Kind.PUBLIC, "answers": dict.fromkeys(EVERYBODY, 302) | {ANONYMOUS: 200}}

ROWS = (
    Row("account_request_login_code", **DOOR),
    Row("account_login", **DOOR),
    Row("account_inactive", **public()),
    Row("accounts:elder_mode", **public(405)),
    Row("accounts:elder_mode", **public(302), method="post"),
    Row("set_language", **public(302), method="post", data={"language": "en"}),
)
