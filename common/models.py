"""Idempotency records of API requests, so that one sent twice is done once."""

from django.conf import settings
from django.db import models

KEY_ONCE = "idempotency_key_once_a_person"


class IdempotentRequest(models.Model):
    """A request that created something under an `Idempotency-Key`: its fingerprint, and the response that it got."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name=KEY_ONCE)]
        indexes = [models.Index(fields=["created_at"], name="idempotent_request_age")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
