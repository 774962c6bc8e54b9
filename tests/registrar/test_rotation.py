"""After a rotation and the retirement of the old key, orders and papers are found as before."""

import pytest

from tests.factories.registrar import an_office, an_order
from wagtail_diaspora.registrar import proof, search
from wagtail_diaspora.registrar.models import Order, Paper, SearchDigest
from wagtail_diaspora.registrar.search import Kind
from wagtail_diaspora.vault import keys
from wagtail_diaspora.vault.rotation import rotate

pytestmark = pytest.mark.django_db

OLD, NEW = keys.new_line("old"), keys.new_line("new")
CODE = "ABCDEFGHJKMNPQRS"


@pytest.fixture
def ring(settings, tmp_path):
    ours = {**settings.WAGTAIL_DIASPORA, "PRIVATE_ROOT": tmp_path / "private"}

    def use(*lines):
        settings.WAGTAIL_DIASPORA = {**ours, "KEYS": lines}

    use(OLD)
    return use


@pytest.fixture
def order(ring):
    order = an_order(an_office())
    a_paper(order)
    return order


def a_paper(order):
    return Paper.objects.create(
        municipality=order.municipality,
        order=order,
        number="1/2026",
        code=CODE,
        proof_digest=proof.proof_digest(CODE),
        issued_on="2026-05-04",
    )


def found(kind, typed):
    orders = Order.objects.all()
    for digests in search.digests_for(kind, typed):
        orders = orders.filter(
            pk__in=SearchDigest.objects.filter(kind=kind, digest__in=digests).values("order")
        )
    return list(orders)


def assert_found(order):
    assert found(Kind.NAME, "sucur čedomir") == [order]
    assert found(Kind.EMAIL, "Applicant@example.net") == found(Kind.PHONE, "+49 711 12345") == [order]
    assert proof.paper_for(CODE, order.municipality).order == order


def test_search_and_proof_work_when_the_old_key_is_retired(order, ring):
    ring(NEW, OLD)
    assert_found(order)
    dict(rotate())
    ring(NEW)
    assert_found(order)


def test_digests_are_renewed_of_rows_that_the_new_key_sealed_meanwhile(order, ring):
    ring(NEW, OLD)
    for row in (Order.objects.get(), Paper.objects.get(), *order.persons.all()):
        sealed = [field.attname for field in row._meta.concrete_fields if hasattr(field, "dump")]
        for name in sealed:
            setattr(row, name, getattr(row, name))
        row.save(update_fields=sealed)
    assert dict(rotate())["diaspora_registrar.Order"] == 0
    ring(NEW)
    assert_found(order)


def test_a_second_rotation_writes_no_digest(order, ring):
    ring(NEW, OLD)
    dict(rotate())
    before = set(SearchDigest.objects.values_list("pk", flat=True))
    dict(rotate())
    assert set(SearchDigest.objects.values_list("pk", flat=True)) == before
