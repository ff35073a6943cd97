"""Signing in (residents by their phone, staff by user name and password), and how messages leave the house."""

from pingh_portal.settings import env

# Visitors of a page that needs a person are residents nine times out of ten; the staff sign-in is one link further.
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "pages:arrival"

ACCOUNT_ADAPTER = "accounts.integrations.allauth_adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.StaffSignInForm",
}
ACCOUNT_LOGIN_METHODS = {"phone", "username"}
# A starred phone would lock out staff, who have none; without password1 allauth takes the password field away.
ACCOUNT_SIGNUP_FIELDS = ["phone", "username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# Entering the code that was sent to a number verifies it; there is no second page for that.
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
# Staff sessions end with the browser, and after half an hour without a click.
ACCOUNT_SESSION_REMEMBER = False
STAFF_IDLE_SECONDS = env.number("STAFF_IDLE_SECONDS", 30 * 60)
# Mobile numbers get new holders. An account that nobody signed into for so long isn't opened by its number any more
# (decision 14).
IDLE_ACCOUNT_MONTHS = env.number("IDLE_ACCOUNT_MONTHS", 12, least=1)

SIGN_IN_CODE_RESEND_SECONDS = 60
SIGN_IN_CODES_A_DAY = env.number("SIGN_IN_CODES_A_DAY", 10)
# Each code costs money, whatever the number: a machine that asks for one number after another stops here.
SIGN_IN_CODES_A_DAY_BY_ADDRESS = env.number("SIGN_IN_CODES_A_DAY_BY_ADDRESS", 200)
# Hashing takes a processor for 0.4 s: so many at once in a process (of four threads), and the next is told to come
# again.
PASSWORD_CHECKS_AT_ONCE = env.number("PASSWORD_CHECKS_AT_ONCE", 2, least=1)
# By address the limits are wide: a whole village center may share one. By number and by user name they are narrow.
# Wrong passwords of one address are narrow as well, since each costs a hash: 20 are 8 s of one processor a minute.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "20/m/ip,5/300s/key",
    "request_login_code": f"120/m/ip,3/m/key,{SIGN_IN_CODES_A_DAY}/d/key",
    # Not allauth's but ours (accounts.services.limits), so that its refusal has words of its own.
    "code_from_address": f"{SIGN_IN_CODES_A_DAY_BY_ADDRESS}/d/ip",
}
# Behind proxies `pingh_portal.wsgi` has put the visitor's address in the connection's place; X-Forwarded-For is not
# asked again.
ALLAUTH_TRUSTED_PROXY_COUNT = 0

CONSOLE_SMS = "common.messaging.console.ConsoleSms"
SMS_CHANNEL = env.text("SMS_CHANNEL", "") or CONSOLE_SMS
SMS_SIGNATURE = env.text("SMS_SIGNATURE", "平湖党群")
