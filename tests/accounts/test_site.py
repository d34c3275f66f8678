"""Who enters the workspace, and where the others are sent."""

import pytest
from django.test import Client

from tests.people import DAVID

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/workspace/", "/workspace/directory/agency/"])
def test_who_is_not_signed_in_goes_to_sign_in_and_comes_back(client: Client, path: str) -> None:
    answer = client.get(f"{path}?q=a")
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={path.replace('/', '%2F')}%3Fq%3Da"


def test_who_belongs_nowhere_is_told_so(client: Client) -> None:
    client.force_login(DAVID.sign_up())
    answer = client.get("/workspace/", follow=True)
    assert answer.redirect_chain == [("/accounts/organization/", 302)]
    assert "You belong to no organization." in answer.content.decode()
