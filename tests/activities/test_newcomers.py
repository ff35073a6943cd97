"""Signing up people who aren't known yet, several of them at once."""

import pytest
from django.test import Client

from accounts.models import User
from activities.choices import Audience
from activities.models import Participant
from centers.models import Center
from tests.activities.test_sign_up_pages import join_url
from tests.factories.activities import make_activity


@pytest.fixture
def mine(client: Client, resident: User) -> Client:
    client.force_login(resident)
    return client


def test_two_children_are_signed_up_together_the_first_time(mine: Client, village: Center) -> None:
    activity = make_activity(village, capacity=5, audience=Audience.CHILDREN)
    first = {"name": "演示孩子01", "relation": "child"}
    both = {**first, "name_2": "演示孩子02", "relation_2": "child"}
    refused = mine.post(join_url(activity), both)
    assert refused.status_code == 400 and not Participant.objects.exists()
    assert 'value="演示孩子02"' in refused.content.decode(), "what was typed stays"
    response = mine.post(join_url(activity), {**both, "guardian_consent": "on"})
    names = list(activity.sign_ups.values_list("participant__name", flat=True))
    assert response.status_code == 302 and names == ["演示孩子01", "演示孩子02"]
    again = mine.post(join_url(activity), {**both, "guardian_consent": "on"})
    assert again.status_code == 302 and Participant.objects.count() == 2, "sent twice, signed up once"


def test_each_newcomer_is_asked_for_a_date_of_birth_where_there_is_an_age_rule(mine: Client, village: Center) -> None:
    activity = make_activity(village, min_age=6)
    typed = {"name": "演示孩子01", "relation": "child", "birth_date": "2018-01-01", "name_2": "演示孩子02"}
    response = mine.post(join_url(activity), {**typed, "relation_2": "child", "guardian_consent": "on"})
    assert response.status_code == 422 and list(response.context["form"].errors) == ["birth_date_2"]
    assert "演示孩子02" in response.context["form"].errors["birth_date_2"][0]
