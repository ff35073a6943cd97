"""What the services of catalog refuse: one class a rule, the same code and words on pages and in the API."""

from common.errors import DomainError


class CatalogError(DomainError):
    """Base of everything that is refused here."""

    code = "catalog_refused"
