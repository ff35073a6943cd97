"""The channel of machines without a carrier."""

import pytest

from common.messaging.console import ConsoleSms
from common.messaging.sms import send_sms


def test_console_masks_the_number(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleSms().send("13812345678", "text")
    assert capsys.readouterr().out == "SMS to 138****5678: text\n"


@pytest.mark.parametrize("phone", [None, ""])
def test_no_number_is_no_error(phone: str | None) -> None:
    assert send_sms(phone, "text") is False
