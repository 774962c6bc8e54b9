import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories.municipalities import user_with
from tests.factories.registrar import a_site, an_office
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.registrar import offer, shipped
from wagtail_diaspora.registrar.models import DocumentType, RegistrarSettings

pytestmark = pytest.mark.django_db
ALL = len(shipped.TYPES)
CHANGE = "diaspora_registrar.change_documenttype"
LISTING = "/admin/diaspora_document_type/"


@pytest.fixture
def offices():
    """Ours, another one in which we only add, and a strange one."""
    made = [an_office(site=a_site(f"{name}.example.org")) for name in ("ours", "adding", "strange")]
    DocumentType.objects.update(active=True)
    return made


@pytest.fixture
def head(offices, client):
    ours, adding, _strange = offices
    user = user_with(CHANGE, municipality=ours)
    user.groups.add(*user_with("diaspora_registrar.add_documenttype", municipality=adding).groups.all())
    user.groups.first().permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def url(action, *keys, **query):
    base = reverse("wagtail_bulk_action", args=["diaspora_registrar", "documenttype", action])
    return f"{base}?{'&'.join([f'id={key}' for key in keys] + [f'{k}={v}' for k, v in query.items()])}"


def offered(office):
    return {kind.code for kind in office.document_types.filter(active=True)}


def keys(*offices):
    return [kind.pk for office in offices for kind in office.document_types.all()]


def test_all_is_all_of_the_own_municipality(offices, head):
    ours, adding, strange = offices
    page = head.get(url("stop_offering", "all"))
    assert {row["item"].municipality for row in page.context["items"]} == {ours}
    head.post(url("stop_offering", "all"))
    assert [len(offered(office)) for office in offices] == [0, ALL, ALL]
    head.post(url("offer", "all"))
    assert len(offered(ours)) == ALL


def test_named_rows_of_others_are_left_alone(offices, head):
    ours, adding, strange = offices
    head.post(url("stop_offering", *keys(*offices)))
    assert [len(offered(office)) for office in offices] == [0, ALL, ALL]
    assert head.post(url("stop_offering", *keys(adding, strange))).status_code == 404
    assert [head.get(url("offer", key)).status_code for key in ("x", "")] == [404, 404]


def test_all_is_all_of_the_listing_as_it_is_filtered(offices, head):
    ours = offices[0]
    ours.document_types.filter(code="birth").update(active=False)
    page = head.get(url("offer", "all", active="false"))
    assert [row["item"].code for row in page.context["items"]] == ["birth"]
    assert head.get(url("offer", "all", municipality=offices[2].pk)).status_code == 404


def known(office):
    """What a process serves that read the offer before."""
    settings = RegistrarSettings.objects.get(municipality=office)
    return {kind.code for kind in offer.offer_of(settings).types}


def test_the_offer_follows_and_the_change_is_logged_once(offices, head):
    ours = offices[0]
    ours.document_types.filter(code="birth").update(active=False)
    assert "birth" not in known(ours)
    page = head.post(url("offer", "all", next=LISTING), follow=True).content.decode()
    assert "1 document was changed." in page
    assert "birth" in known(ours)
    assert MunicipalityLogEntry.objects.filter(action="wagtail.edit", municipality=ours).count() == 1


def test_the_listing_has_boxes_for_whoever_may_change(offices, head, client):
    page = head.get(LISTING).content.decode()
    kind = offices[0].document_types.first()
    assert f'data-object-id="{kind.pk}"' in page and f'id="item_{kind.pk}_title"' in page
    assert url("stop_offering").rstrip("?") in page
    adder = user_with("diaspora_registrar.add_documenttype", municipality=offices[1])
    adder.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(adder)
    assert "data-object-id" not in client.get(LISTING).content.decode()
    assert client.post(url("offer", "all")).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_question_costs_the_same_for_one_and_three(offices, head, count, django_assert_max_num_queries):
    chosen = keys(offices[0])[:count]
    head.get(url("offer", *chosen))
    with django_assert_max_num_queries(12):
        assert len(head.get(url("offer", *chosen)).context["items"]) == count
