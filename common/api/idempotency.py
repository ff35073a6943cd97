"""`Idempotency-Key`: a request that creates something, sent twice under one key, is done once and answered alike."""

import datetime as dt
import functools
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from common import clock
from common.errors import DomainError
from common.models import IdempotentRequest

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,64}")
# How long a repeated request is recognised; beat sweeps what is older.
KEPT = dt.timedelta(days=1)

IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description=_(
        "Up to 64 visible ASCII characters, new for each thing made. The same request sent again gets the same answer."
    ),
)

View = Callable[..., Response]


class KeyInvalid(DomainError):
    code = "idempotency_key_invalid"
    status = 400
    message = _("An Idempotency-Key has 1 to 64 visible ASCII characters.")


class KeyReused(DomainError):
    code = "idempotency_key_reused"
    status = 422
    message = _("This Idempotency-Key was sent with another request before.")


def idempotent(view: View) -> View:
    """Decorator of an API method that creates something for the signed-in person.

    With the header, the first request is done and its response kept in one transaction; a rival with the same key waits
    for it. A refused request keeps nothing, so that it may be tried again. Raises KeyInvalid, KeyReused.
    """

    @functools.wraps(view)
    def once(viewset: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return view(viewset, request, *args, **kwargs)
        if not KEY.fullmatch(key):
            raise KeyInvalid
        fingerprint = _fingerprint(request)
        with transaction.atomic():
            kept, is_first = IdempotentRequest.objects.get_or_create(
                user=cast(Any, request.user), key=key, defaults={"fingerprint": fingerprint, "created_at": clock.now()}
            )
            if kept.fingerprint != fingerprint:
                raise KeyReused
            if not is_first:
                return Response(kept.body, status=kept.status, headers={REPLAYED: "true"})
            response = view(viewset, request, *args, **kwargs)
            kept.status, kept.body = response.status_code, json.loads(JSONRenderer().render(response.data))
            kept.save(update_fields=["status", "body"])
        return response

    return once


def sweep_idempotent_requests(now: dt.datetime) -> int:
    """Delete the requests that are no longer recognised. Returns how many."""
    return IdempotentRequest.objects.filter(created_at__lt=now - KEPT).delete()[0]


def _fingerprint(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, default=str)
    return hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()
