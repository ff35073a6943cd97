"""The project: settings, addresses, the Celery application."""

from pingh_portal.celery import app as celery_app

__all__ = ["celery_app"]
