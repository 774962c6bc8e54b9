import pytest

from tests.factories.registrar import an_order

from .applicant import Applicant


@pytest.fixture
def order(office):
    """Of a module that says which office."""
    return an_order(office, language="en")


@pytest.fixture
def applicant(client, order):
    return Applicant(client, order)
