import pytest
from django.test import Client

from tests.factories.registrar import an_order

from .applicant import Applicant
from .citizen import Citizen
from .clerk import a_clerk


@pytest.fixture
def order(office):
    """Of a module that says which office."""
    return an_order(office, language="en")


@pytest.fixture
def applicant(client, order):
    return Applicant(client, order)


@pytest.fixture
def citizen(client, office):
    """A browser that begins an order there."""
    return Citizen(client)


@pytest.fixture
def desk(office):
    """A browser of its own, in which a clerk of that office is logged in."""
    client = Client()
    client.force_login(a_clerk(office))
    return client
