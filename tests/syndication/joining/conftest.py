from datetime import timedelta

import pytest
from wagtail.models import Site

from tests.factories.syndication import a_hub, a_partner, a_town
from tests.syndication.joining.both_sides import RADIO, served
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.syndication.actions import hub_lines, polling


@pytest.fixture
def open_to_loopback(settings, monkeypatch):
    allowed = ("127.0.0.1", "::1")
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "FETCH_ALLOWED_ADDRESSES": allowed}
    monkeypatch.setattr(polling, "PAUSE", 0.0)
    monkeypatch.setattr(hub_lines, "SETTLED", timedelta(0))


@pytest.fixture
def hub(live_server, open_to_loopback):
    Site.objects.all().delete()
    hub = a_hub("127.0.0.1")
    Municipality.objects.filter(pk=hub.pk).update(name={"bs": "Mreža Primjer"})
    return served(live_server, Municipality.objects.get(pk=hub.pk))


@pytest.fixture
def town(live_server, hub):
    return served(live_server, a_town("localhost", code="primjer"))


@pytest.fixture
def both(hub, town):
    """The radio station is a partner of both."""
    return a_partner(town, email=RADIO), a_partner(hub, email=RADIO)
