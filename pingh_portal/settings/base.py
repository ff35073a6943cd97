"""Settings of every environment."""

import datetime as dt
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import periodic_tasks
from pingh_portal.settings import env
from pingh_portal.settings.allauth import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("PORTAL_VAR", str(BASE_DIR / "var")))

SECRET_KEY = env.text("SECRET_KEY", "")
DEBUG = False
DEMO = env.flag("DEMO", False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")

INSTALLED_APPS = [
    "demo",
    "pages",
    "imports",
    "ledger",
    "ratings",
    "activities",
    "bookings",
    "catalog",
    "organizations",
    "stats",
    "centers",
    "notifications",
    "accounts",
    "common",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    # As far out as the others: an error of what stands further in is a page too.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "common.http.nul.NulMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.private_pages.PrivatePagesMiddleware",
    # Sees which sign-in page the next two lead to.
    "accounts.middleware.sign_in_redirect.SignInRedirectMiddleware",
    "accounts.middleware.idle.StaffIdleMiddleware",
    "accounts.middleware.own_password.OwnPasswordMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "pingh_portal.errors.MethodPageMiddleware",
]

ROOT_URLCONF = "pingh_portal.urls"
WSGI_APPLICATION = "pingh_portal.wsgi.application"
FORM_RENDERER = "common.forms.renderer.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "pages.context_processors.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.tz",
                "common.templatetags.pieces",
                "common.templatetags.times",
            ],
        },
    }
]

# Web and worker connect as a role that owns no table; `manage.py migrate` and the tests' set-up as the owner.
DATABASE_ROLE = env.text("DATABASE_ROLE", "app")
DATABASE_URL = env.text("DATABASE_URL", "postgres:///portal")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL", DATABASE_URL)
APP_ROLE = "portal_app"
DATABASES = {
    "default": {
        **dj_database_url.parse(
            DATABASE_OWNER_URL if DATABASE_ROLE == "owner" else DATABASE_URL,
            conn_max_age=600,
            conn_health_checks=True,
        ),
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379")
# Limits on passwords and codes must outlive the broker, so they stay in the database; what may be lost goes to Redis.
CACHES = {
    # Past its most entries this cache throws away a third of them: at the default of 300 a flood of numbers would open
    # every lock.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    "volatile": {
        "BACKEND": "common.cache.TolerantRedisCache",
        "LOCATION": f"{REDIS_URL.replace('redis+socket://', 'unix://')}?db=1",
    },
    # In the process: large, short-lived, and nothing that the broker's memory should be filled with.
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 60},
    },
}
KEEPS_FRAGMENTS = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
# Not in a cookie, which is Django's first choice: what staff are told names people, and a cookie outlives their
# session.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

CELERY_BROKER_URL = (
    f"{REDIS_URL.replace('unix://', 'redis+socket://')}?virtual_host=0"
    if REDIS_URL.startswith(("unix", "redis+socket"))
    else f"{REDIS_URL}/0"
)
CELERY_TASK_IGNORE_RESULT = True
# A dead broker must raise at once: the outbox sweep delivers later what couldn't be handed over now.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5, "max_retries": 0}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Filled by the apps when they start.
CELERY_BEAT_SCHEDULE = periodic_tasks.SCHEDULE

# News older than this is shown in the inbox, not sent: after a restore, or a long outage, it would only confuse.
MESSAGE_MAX_AGE = dt.timedelta(hours=env.number("MESSAGE_MAX_AGE_HOURS", 48))

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.integrations.backends.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Who runs the portal, for the foot of every page; what is blank isn't shown.
PORTAL_OPERATOR = {
    key: env.text(f"OPERATOR_{key.upper()}", "") for key in ("host", "operator", "contact", "icp", "police")
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "common.style_sheets.BundleFinder",
]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # Served by a view that asks who looks, never by the web server.
    "photos": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "photos", "file_permissions_mode": 0o640},
    },
    # Sheets as they were sent: read by the services of imports alone.
    "imports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "imports", "file_permissions_mode": 0o640},
    },
    # Files of months, kept for a week.
    "ledger": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "ledger", "file_permissions_mode": 0o640},
    },
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "common.api.schema.ProblemSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["common.api.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_FILTER_BACKENDS": ["common.api.filters.StrictFilters"],
    "DEFAULT_PAGINATION_CLASS": "common.api.pagination.Pages",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["common.api.parsing.Json"],
    "DEFAULT_THROTTLE_CLASSES": ["common.api.throttling.Anonymous", "common.api.throttling.SignedIn"],
    "DEFAULT_THROTTLE_RATES": {"anonymous": "120/min", "signed-in": "600/min"},
    "EXCEPTION_HANDLER": "common.api.problems.problem_response",
    "PAGE_SIZE": 20,
}
# Searches of one account, or of one address; None: no limit. See common.http.rate_limit.
SEARCH_RATE = env.text("SEARCH_RATE", "60/m")
# Of one network address; a carrier's gateway stands for many phones.
RATING_RATE = env.text("RATING_RATE", "120/m")
SPECTACULAR_SETTINGS = {
    "TITLE": "平湖党群 API",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "ActivityState": "activities.choices.ActivityState",
        "SignUpState": "activities.choices.SignUpState",
        "BookingStatus": "bookings.choices.Status",
        "CenterStatus": "centers.choices.CenterStatus",
        "ConfirmMode": "bookings.choices.ConfirmMode",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"outages": {"()": "pingh_portal.outages.OneLineOutages"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outages"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# A center's page is composed of several apps, above the one its model is in: `Center.get_absolute_url`.
ABSOLUTE_URL_OVERRIDES = {"centers.center": lambda center: reverse("pages:center_detail", args=[center.code])}
