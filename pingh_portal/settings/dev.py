"""`make run` and `manage.py` on one's own machine: embedded engines, demo records, no secrets worth keeping."""

import os

os.environ.setdefault("SECRET_KEY", "dev-only-never-used-in-production")
os.environ.setdefault("DEMO", "1")

from pingh_portal.settings import env
from pingh_portal.settings.base import *

DEBUG = env.flag("DEBUG", False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

if env.flag("STATIC_AS_WRITTEN", False):
    # `manage.py runserver`: a style that was just changed shows at the next reload of the page, without collecting.
    WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
    STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
