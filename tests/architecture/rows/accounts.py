"""Signing in and out, and what a visitor sets for themselves."""

from tests.architecture.permission_table import SIGN_IN, Kind, Row, personal, public
from tests.support.cast import ANONYMOUS, EVERYBODY, RESIDENTS

# Who is signed in already is sent on from the doors.
DOOR = {"kind": Kind.PUBLIC, "answers": dict.fromkeys(EVERYBODY, 302) | {ANONYMOUS: 200}}
# Residents sign in by phone: they have no password.
PASSWORD = personal() | {"answers": personal()["answers"] | dict.fromkeys(RESIDENTS, 404)}

ROWS = (
    Row("account_request_login_code", **DOOR),
    Row("account_login", **DOOR),
    # Without a code under way there is nothing to enter: back to the first step.
    Row("account_confirm_login_code", **DOOR | {"answers": DOOR["answers"] | {ANONYMOUS: SIGN_IN}}),
    Row("account_logout", **DOOR | {"answers": dict.fromkeys(EVERYBODY, 200) | {ANONYMOUS: 302}}),
    Row("accounts:password", **PASSWORD),
    Row("accounts:signed_out", **DOOR),
    Row("account_inactive", **public()),
    Row("accounts:elder_mode", **public(405)),
    Row("accounts:elder_mode", **public(302), method="post"),
    Row("set_language", **public(302), method="post", data={"language": "en"}),
)
