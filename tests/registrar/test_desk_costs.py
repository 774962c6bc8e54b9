"""What the desk asks of the database: the same for one and three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.registrar import a_site, an_office, an_order
from tests.registrar.clerk import CLERK, QUEUE, a_clerk, step_url
from wagtail_diaspora.registrar.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return an_office(site=a_site("primjer.example.org"), postage_abroad_minor=850)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_the_same_for_one_and_three(office, desk, count, django_assert_max_num_queries):
    for _number in range(count):
        an_order(office, types=("birth", "citizenship"))
    desk.get(QUEUE)
    with django_assert_max_num_queries(21):
        assert desk.get(QUEUE).status_code == 200


def test_the_queue_of_two_offices_costs_the_same_for_one_and_three(office, client):
    user = a_clerk(office, *CLERK)
    user.groups.add(a_clerk(an_office(site=a_site("other.example.org")), *CLERK).groups.get())
    client.force_login(user)
    an_order(office)
    with_one = queries(client, QUEUE)
    an_order(office), an_order(office)
    assert queries(client, QUEUE) == with_one


@pytest.mark.parametrize("step", ["", "write", "dispatch"])
@pytest.mark.parametrize("email", ["applicant@example.net", ""])
def test_a_case_and_its_steps_cost_the_same_for_one_and_three_documents(office, desk, step, email):
    one = an_order(office, email=email)
    three = an_order(office, email=email, types=("birth", "marriage", "citizenship"))
    for order in (one, three):
        order.items.update(state="issued")
    Order.objects.update(state="in_preparation")
    assert queries(desk, address(one, step)) == queries(desk, address(three, step))


@pytest.mark.parametrize("count", [1, 3])
def test_a_case_costs_the_same_for_one_and_three(office, desk, count, django_assert_max_num_queries):
    order = an_order(office, persons=count)
    url = reverse("diaspora_desk:case", args=[order.pk])
    desk.get(url)
    with django_assert_max_num_queries(33):
        assert desk.get(url).status_code == 200


def address(order, step):
    return step_url(order, step) if step else reverse("diaspora_desk:case", args=[order.pk])


def queries(client, url):
    """How many a second visit takes."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)
