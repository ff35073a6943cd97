"""pytest: as dev, with plain static files and a fast password hasher."""

import os

os.environ.setdefault("DEMO", "1")

from pingh_portal.settings.dev import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Looked up when asked for: a clone that never ran the portal has no collected files to list.
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # Apart from the photos of `make run`, and on disk: a portal that runs in the tests has several processes.
    "photos": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "test" / "photos"},
    },
    "imports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "test" / "imports"},
    },
    "ledger": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "test" / "ledger"},
    },
}
# Tests look at what a page was made of; those of keeping turn it on.
KEEPS_FRAGMENTS = False
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
