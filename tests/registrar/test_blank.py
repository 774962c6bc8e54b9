"""The blank request: public, in the citizen's language, as the office has it today."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from tests.factories.registrar import a_site, an_office
from tests.pdf import text_of
from wagtail_diaspora.registrar import links
from wagtail_diaspora.registrar.models import Draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["bs", "sr", "de"])
def test_a_blank_request_is_public_in_the_language_of_the_citizen(client, language):
    an_office(site=a_site("testserver"), identity_required=False, signature_policy="post")
    url = links.address("blank", code="birth")
    response = client.get(url, {"language": language})
    assert response["Content-Type"] == "application/pdf" and response["Content-Language"] == language
    assert f'filename="birth-{language}.pdf"' in response["Content-Disposition"]
    with translation.override(language):
        assert gettext("Forenames") in text_of(response.content)
    assert "noindex" in response["X-Robots-Tag"] and not Draft.objects.exists()


def test_a_blank_request_follows_the_policy_of_the_office(client):
    an_office(site=a_site("testserver"), identity_required=False, signature_policy="post")
    words = text_of(client.get(links.address("blank", code="birth"), {"language": "en"}).content)
    assert "the original with your signature" in words and "passport or identity card, from" not in words


@pytest.mark.parametrize("code", ["household", "nonsense"])
def test_there_is_no_blank_request_for_what_is_not_offered(client, code):
    an_office(site=a_site("testserver"))
    assert client.get(links.address("blank", code=code)).status_code == 404


def test_there_is_no_blank_request_where_there_is_no_office(client):
    assert client.get(links.address("blank", code="birth")).status_code == 404


def test_blank_requests_are_made_so_often_only(client, settings):
    settings.WAGTAIL_DIASPORA = settings.WAGTAIL_DIASPORA | {"RATE_LIMITS": {"blank": (1, 3600)}}
    an_office(site=a_site("testserver"))
    url = links.address("blank", code="birth")
    assert client.get(url).status_code == 200
    again = client.get(url, {"language": "en"})
    assert again.status_code == 429 and 0 < int(again["Retry-After"]) <= 3600
    assert "please try again in" in again.content.decode()
