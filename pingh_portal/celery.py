"""The Celery application: `celery -A pingh_portal worker|beat`."""

import os
import sys
from pathlib import Path

from celery import Celery

from embedded import attach

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingh_portal.settings.dev")

# A worker or beat started by hand finds the embedded engines, as `manage.py` does; where outside servers are named this
# does nothing.
if "celery" in (Path(sys.argv[0]).name, Path(sys.argv[0]).parent.name):
    attach()

app = Celery("pingh_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
