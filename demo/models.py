"""Which days the demo has already filled, so that a later start adds only what is missing."""

from django.db import models


class DemoDay(models.Model):
    """A day whose demo bookings were made; it is never made again, whatever people did with them since."""

    day = models.DateField(primary_key=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}"
