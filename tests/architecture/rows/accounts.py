"""Signing in and out, and what a visitor sets for themselves."""

from tests.architecture.permission_table import SIGN_IN, Kind, Row, personal, public
from tests.support.cast import ANONYMOUS, EVERYBODY, RESIDENTS

# Who is signed in already is sent on from the sign-in pages.
SIGN_IN_PAGE = {"kind": Kind.PUBLIC, "answers": dict.fromkeys(EVERYBODY, 302) | {ANONYMOUS: 200}}
# Residents sign in by phone: they have no password.
PASSWORD = personal() | {"answers": personal()["answers"] | dict.fromkeys(RESIDENTS, 404)}

ROWS = (
    Row("account_request_login_code", **SIGN_IN_PAGE),
    Row("account_login", **SIGN_IN_PAGE),
    # Without a code under way there is nothing to enter: back to the first step.
    Row("account_confirm_login_code", **SIGN_IN_PAGE | {"answers": SIGN_IN_PAGE["answers"] | {ANONYMOUS: SIGN_IN}}),
    Row("account_logout", **SIGN_IN_PAGE | {"answers": dict.fromkeys(EVERYBODY, 200) | {ANONYMOUS: 302}}),
    Row("accounts:password", **PASSWORD),
    Row("accounts:signed_out", **SIGN_IN_PAGE),
    Row("account_inactive", **public()),
    Row("accounts:elder_mode", **public(405)),
    Row("accounts:elder_mode", **public(302), method="post"),
    Row("set_language", **public(302), method="post", data={"language": "en"}),
)
