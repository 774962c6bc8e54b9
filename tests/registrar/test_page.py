from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Site, Workflow, WorkflowTask

from tests.factories.registrar import a_site, an_office, an_order
from wagtail_diaspora.registrar.models import RegistrarPage
from wagtail_diaspora.registrar.models.pages import RegistrarPageWords

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return a_site("primjer.example.org")


@pytest.fixture
def office(site):
    return an_office(site=site, postage_abroad_minor=850)


@pytest.fixture
def page(site):
    page = RegistrarPage(title="Virtuelni matičar", slug="maticar", introduction="<p>Naše riječi</p>")
    site.root_page.add_child(instance=page)
    return page


def show(client, page, host="primjer.example.org", **query):
    return client.get(page.relative_url(page.get_site()), query, headers={"host": host})


def text(response):
    return response.content.decode()


def test_the_page_says_what_is_offered_and_where_to_begin(client, office, page):
    response = show(client, page)
    assert response.status_code == 200
    body = text(response)
    for words in ("Virtuelni matičar", "Naše riječi", "8,50", "maticar@example.org"):
        assert words in body
    assert f"/diaspora/order/new/?page={page.pk}" in body
    assert response["Content-Language"] == "bs" and "Cookie" in response["Vary"]


def test_each_document_has_a_blank_request_in_the_language_of_the_page(client, office, page):
    body = text(show(client, page, language="de"))
    assert body.count("/diaspora/blank/") == 8
    assert "/diaspora/blank/death-multilingual.pdf?language=de" in body and "household" not in body


def test_a_field_speaks_in_the_words_of_the_language_and_else_in_ours(client, office, page):
    page.other_words.add(
        RegistrarPageWords(language="de", title="Virtuelles Standesamt", introduction="<p>Unsere</p>")
    )
    page.save()
    german = text(show(client, page, language="de"))
    assert "Virtuelles Standesamt" in german and "Unsere" in german and "Naše riječi" not in german
    english = text(show(client, page, language="en"))
    assert (
        "&lt;" not in english
        and "Virtual registrar" in english
        and "A picture or scan of your passport" in english
    )
    again = show(client, page)
    assert again["Content-Language"] == "en"


def test_without_a_municipality_the_page_still_answers(client, page):
    body = text(show(client, page, language="en"))
    assert "does not take orders over the website yet" in body


def test_a_closed_office_says_when_it_opens(client, office, page):
    today = timezone.localdate()
    last = today + timedelta(days=3)
    office.closures.create(first_day=today, last_day=last, takes_orders=False, reason={"en": "Moving house"})
    body = text(show(client, page, language="en"))
    assert "Moving house" in body and "Please come back on" in body and "/order/new/" not in body


def test_an_alias_serves_the_site_that_it_stands_in(client, office, page):
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    other = Site.objects.create(hostname="other.example.org", root_page=root)
    an_office(site=other).document_types.update(fee_minor=1234)
    alias = page.create_alias(parent=root)
    body = text(client.get(alias.relative_url(other), headers={"host": "other.example.org"}))
    assert "12,34" in body and "8,50" not in body


def test_one_page_for_each_site(page, site):
    assert not RegistrarPage.can_create_at(site.root_page)
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    Site.objects.create(hostname="other.example.org", root_page=root)
    assert RegistrarPage.can_create_at(root)


def test_revisions_and_preview_work(client, admin_client, office, page):
    page.introduction = "<p>Draft words</p>"
    page.save_revision()
    assert "Draft words" not in text(show(client, page))
    preview = page.get_latest_revision_as_object().make_preview_request()
    assert "Draft words" in preview.content.decode()
    edit = admin_client.get(f"/admin/pages/{page.pk}/edit/")
    assert edit.status_code == 200 and "Tekst na drugim jezicima" in text(edit)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_documents(
    client, office, page, count, django_assert_max_num_queries
):
    office.document_types.filter(sort_order__gte=count).delete()
    show(client, page)
    with django_assert_max_num_queries(8):
        show(client, page)


def test_the_page_goes_through_a_workflow(client, admin_client, admin_user, office, page):
    task = GroupApprovalTask.objects.create(name="Provjera")
    task.groups.add(Group.objects.create(name="Urednici"))
    workflow = Workflow.objects.create(name="Provjera")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    page.introduction = "<p>Provjerene riječi</p>"
    page.save_revision()
    state = workflow.start(page, admin_user)
    assert "Provjerene riječi" not in text(show(client, page))
    admin_client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
    )
    assert "Provjerene riječi" in text(show(client, page))


def test_a_page_is_deleted_and_its_orders_remain(office, page):
    order = an_order(office, page_id=page.pk)
    page.delete()
    order.refresh_from_db()
    assert order.page is None
