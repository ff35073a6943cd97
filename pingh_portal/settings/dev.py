"""`make run` and `manage.py` on one's own machine: embedded engines, demo records, no secrets worth keeping."""

import os

os.environ.setdefault("SECRET_KEY", "dev-only-never-used-in-production")
os.environ.setdefault("DEMO", "1")

from pingh_portal.settings import env
from pingh_portal.settings.base import *

DEBUG = env.flag("DEBUG", False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
