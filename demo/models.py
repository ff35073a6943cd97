"""Days that the demo has filled, so that a later fill adds only the missing ones."""

from django.db import models


class DemoDay(models.Model):
    """A day whose demo bookings were made; it is never made again, whatever people did with them since."""

    day = models.DateField(primary_key=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}"


class DemoActivityDay(models.Model):
    """A day whose demo activities were made, so many months further back than bookings; it is never made again."""

    day = models.DateField(primary_key=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}"
