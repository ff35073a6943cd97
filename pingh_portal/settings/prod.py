"""Production: everything from the environment, and no start at all with an unsafe one."""

from django.core.exceptions import ImproperlyConfigured

from pingh_portal.settings import env
from pingh_portal.settings.base import *

SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 50 or SECRET_KEY.startswith(("dev-only", "django-insecure")):
    raise ImproperlyConfigured("SECRET_KEY must be a random string of at least 50 characters, not a default one.")
if env.flag("DEBUG", False):
    raise ImproperlyConfigured("DEBUG can't be on in production.")
if not ALLOWED_HOSTS or any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the portal's own hosts; * is not a host.")
if DEMO:
    raise ImproperlyConfigured("DEMO shows sign-in codes on the page; it can't be on in production.")
if SMS_CHANNEL == CONSOLE_SMS and not env.flag("SMS_TO_CONSOLE", False):
    raise ImproperlyConfigured(
        "SMS_CHANNEL sends no text messages but prints them, sign-in codes included: name a channel, "
        "or say SMS_TO_CONSOLE=1."
    )

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
