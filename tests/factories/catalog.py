"""Services of centers, through the product's own services."""

from typing import Any

from catalog.choices import Audience, Channel, Function
from catalog.models import Service
from catalog.services.publishing import adapt_service, create_service, switch_service
from centers.models import Center


def make_service(center: Center, title: str = "演示服务", **words: Any) -> Service:
    """A service of a center, general and on site unless said."""
    given = {
        "function": Function.GENERAL,
        "audience": [Audience.RESIDENTS],
        "channels": [Channel.ON_SITE],
        **words,
    }
    return create_service(actor=None, center=center, title=title, **given)


def adapt(center: Center, service: Service, **changes: Any) -> Service:
    """What a center below makes of a service."""
    return adapt_service(actor=None, center=center, service=service, **changes)


def switch_off(center: Center, service: Service) -> Service:
    """Off at a center and all below it."""
    return switch_service(actor=None, center=center, service=service, on=False)
