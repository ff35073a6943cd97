"""Services, what centers below make of them, and every wording they have had."""

from catalog.models.services import KEY_ONCE, ONE_ADAPTATION, TITLE_ONCE, Service, ServiceVersion

__all__ = ["KEY_ONCE", "ONE_ADAPTATION", "TITLE_ONCE", "Service", "ServiceVersion"]
