"""Text messages, by the channel that `SMS_CHANNEL` names."""

from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class SmsChannel(Protocol):
    """Protocol of a channel that carries one text to one number.

    Raises ChannelError when it can't now, and takes care of its own time-outs (seconds, not minutes).
    """

    def send(self, phone: str, text: str) -> None: ...


@lru_cache(maxsize=8)
def _channel(path: str) -> SmsChannel:
    return import_string(path)()


def send_sms(phone: str | None, text: str) -> bool:
    """Send `text` to `phone`, signed. False when there is no number: people without a phone are no error.

    Raises ChannelError.
    """
    if not phone:
        return False
    _channel(settings.SMS_CHANNEL).send(phone, f"【{settings.SMS_SIGNATURE}】{text}")
    return True
