"""The language a person reads is known when they are written to, and they aren't there to choose."""

from collections.abc import Collection, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import User
from notifications.domain import message_kinds
from notifications.domain.message_kinds import MessageKind
from notifications.services.delivery import deliver
from notifications.services.posting import post_message
from notifications.values.texts import MessageText
from tests.accounts.sign_in import Mailbox, ask_code, enter_code
from tests.factories.people import make_resident, phone_of

pytestmark = pytest.mark.django_db
PHONE = phone_of(7)


@pytest.fixture(autouse=True)
def chinese_first(settings: Any, english: None, monkeypatch: Any) -> None:
    settings.LANGUAGE_CODE = "zh-hans"
    monkeypatch.setattr(message_kinds, "_kinds", {"thing": MessageKind("thing", "thing", texts_of)})


def texts_of(kind: str, subject_ids: Collection[str]) -> Mapping[str, MessageText]:
    return {subject_id: MessageText(f"{get_language()}") for subject_id in subject_ids}


def switch(client: Client, language: str) -> None:
    client.post(reverse("set_language"), {"language": language, "next": "/"})


def told(person: User, mailbox: Mailbox) -> str:
    """The text message about something, which the words above fill with their language."""
    deliver(post_message(recipient=person, kind="thing", subject_id="1").pk)
    return mailbox.sent[-1][1].removeprefix("【平湖党群】")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_is_that_of_the_code(language: str, client: Client, mailbox: Mailbox) -> None:
    switch(client, language)
    ask_code(client, PHONE)
    assert mailbox.last_code in mailbox.sent[-1][1] and ("sign-in code" in mailbox.sent[-1][1]) == (language == "en")
    enter_code(client, mailbox.last_code)
    assert told(User.objects.get(phone=PHONE), mailbox) == language


def test_the_last_choice_counts(client: Client, mailbox: Mailbox) -> None:
    person = make_resident()
    client.force_login(person)
    for language in ("en", "zh-hans", "en"):
        switch(client, language)
        person.refresh_from_db()
        assert told(person, mailbox) == language


def test_who_never_chose_reads_the_portals_own(mailbox: Mailbox) -> None:
    assert told(make_resident(), mailbox) == "zh-hans"


@pytest.mark.parametrize("language", ["xx", "", "zh-hans'; --"])
def test_a_language_that_there_is_not_is_not_kept(language: str, client: Client) -> None:
    person = make_resident()
    client.force_login(person)
    switch(client, language)
    person.refresh_from_db()
    assert person.language == ""


def test_visitors_leave_nothing(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        switch(client, "en")
