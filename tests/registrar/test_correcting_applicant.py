"""Who asks, from where and for what: corrected until a document is checked, and by the office later."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.factories.registrar import APPLICANT, a_site, an_office, an_order
from tests.registrar.applicant import Applicant, found, mails
from tests.registrar.clerk import a_clerk, do, step_url
from wagtail_diaspora.exceptions import TransitionNotAllowed
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, links
from wagtail_diaspora.registrar.actions.sending import AskedPerson
from wagtail_diaspora.registrar.models import Correction, Order
from wagtail_diaspora.registrar.states import OrderState
from wagtail_diaspora.vault.models import AccessLogEntry

pytestmark = pytest.mark.django_db
TYPED = {
    "forenames": "Čedomir",
    "family_name": "Horvat",
    "country": "AT",
    "purpose": "school",
    "purpose_text": "Univerzitet u Beču",
}


@pytest.fixture
def office():
    return an_office(site=a_site("primjer.example.org"), notice_email="notices@example.org")


def facts(**changes):
    return {name: APPLICANT[name] for name in TYPED} | changes


def test_the_applicant_corrects_name_country_and_purpose(applicant, office):
    page = applicant.unlocked().get("change")
    assert applicant.url("change_applicant") in page
    form = applicant.get("change_applicant")
    assert 'value="Šućur-Đukić"' in form and '<option value="passport" selected>' in form
    answer = applicant.post("change_applicant", TYPED)
    assert answer.url.endswith("/change/?saved=1")
    order = Order.objects.get()
    assert order.applicant == {**APPLICANT, **TYPED} and order.country == "AT"
    assert order.unread_messages == 1
    row = Correction.objects.get()
    assert row.before == {
        "family_name": "Šućur-Đukić",
        "country": "DE",
        "purpose": "passport",
        "purpose_text": "",
    }
    assert (row.from_applicant, row.user, set(row.after)) == (True, None, set(row.before))
    assert found(office, "name", "Horvat")
    told = mails(":corrected:")[0]
    assert told.recipient == order.email and "your name, your country or the purpose" in told.payload["text"]
    assert "Horvat" not in told.payload["text"]
    to_office = mails("office_correction")[0]
    assert to_office.recipient == "notices@example.org"
    assert f"http://localhost{case_url(order)}" in to_office.payload["text"]
    assert MunicipalityLogEntry.objects.get(action="diaspora_registrar.corrected").data == {
        "what": "applicant"
    }


def test_a_page_that_was_left_open_takes_nothing_back(applicant, office, order):
    applicant.unlocked()
    order.refresh_from_db()
    seen = facts(forenames="Anđela") | {"version": order.version}
    page = applicant.get("change_applicant")
    assert f'name="version" value="{order.version}"' in page
    actions.correct_applicant(order, facts=facts(country="AT"), user=a_clerk(office))
    refused = applicant.post("change_applicant", seen)
    text = refused.content.decode()
    assert refused.status_code == 422 and "Somebody else changed this order meanwhile" in text
    assert 'value="Anđela"' in text
    order.refresh_from_db()
    assert order.applicant["country"] == "AT" and f'name="version" value="{order.version}"' in text
    assert applicant.post("change_applicant", seen | {"version": order.version}).status_code == 302


def test_the_same_correction_sent_twice_is_saved_once(applicant, order):
    applicant.unlocked()
    order.refresh_from_db()
    typed = facts(forenames="Anđela") | {"version": order.version}
    assert [applicant.post("change_applicant", typed).status_code for _time in range(2)] == [302, 302]
    assert Correction.objects.count() == 1


def case_url(order):
    return reverse("diaspora_desk:case", args=[order.pk])


def test_the_way_to_the_case_starts_at_the_site_where_the_admin_has_no_address(office, settings):
    del settings.WAGTAILADMIN_BASE_URL
    order = an_order(office)
    assert links.desk(order) == f"http://primjer.example.org{case_url(order)}"
    assert links.desk(order) in mails(":office:")[0].payload["text"]


def test_the_name_of_before_is_found_no_more(office):
    order = an_order(office, persons=[AskedPerson("parent", {"family_name": "Kos"})], language="en")
    assert found(office, "name", "Šućur-Đukić")
    actions.correct_applicant(order, facts=facts(family_name="Horvat"))
    assert found(office, "name", "Horvat") and not found(office, "name", "Šućur-Đukić")


def test_the_same_again_is_no_correction(applicant):
    applicant.unlocked()
    for _twice in range(2):
        assert applicant.post("change_applicant", TYPED).status_code == 302
    assert Correction.objects.count() == 1 and len(mails(":corrected:")) == 1


def test_the_link_alone_neither_shows_nor_changes_it(applicant):
    answer = applicant.client.get(applicant.url("change_applicant"))
    assert answer.url == applicant.url("change")
    answer = applicant.post("change_applicant", TYPED)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Nothing is saved yet" in page and 'value="Horvat"' in page
    assert "Šućur" not in page and not Correction.objects.exists()


def test_a_name_stays_one(applicant):
    applicant.unlocked()
    for changes in ({"forenames": ""}, {"family_name": "X9"}, {"country": ""}, {"purpose": ""}):
        assert applicant.post("change_applicant", TYPED | changes).status_code == 422
    assert not Correction.objects.exists()


def test_what_was_never_known_may_stay_empty(client, office):
    known = {"forenames": "Čedomir", "family_name": "Šućur"}
    applicant = Applicant(client, an_order(office, applicant=known, language="en"))
    form = applicant.unlocked().get("change_applicant")
    assert '<option value="" selected>—</option>' in form and '<option value="passport" selected>' not in form
    typed = TYPED | {"country": "", "purpose": "", "purpose_text": ""}
    assert applicant.post("change_applicant", typed).status_code == 302
    assert Correction.objects.get().after == {"family_name": "Horvat"}


def test_it_stays_once_one_document_was_checked(client, office):
    clerk = get_user_model().objects.create(username="clerk")
    order = an_order(office, types=("birth", "citizenship"), language="en")
    applicant = Applicant(client, order).unlocked()
    actions.mark_found(order, user=clerk, item=order.items.first().pk, act={})
    page = applicant.get("change")
    assert applicant.url("change_applicant") not in page and "has begun to check the documents" in page
    answer = applicant.post("change_applicant", TYPED)
    assert answer.status_code == 302 and answer.url == applicant.url("case")
    with pytest.raises(TransitionNotAllowed):
        actions.correct_applicant(order, facts=TYPED)
    assert not Correction.objects.exists()


def test_the_clerk_corrects_it_also_after_the_check(desk, office):
    order = an_order(office, email="", language="en")
    Message.objects.all().delete()
    clerk = get_user_model().objects.get()
    actions.mark_found(order, user=clerk, item=order.items.get().pk, act={})
    case = desk.get(reverse("diaspora_desk:case", args=[order.pk])).content.decode()
    assert step_url(order, "correct-applicant") in case.split("applicant-section")[-1]
    assert "Šućur-Đukić" in desk.get(step_url(order, "correct-applicant")).content.decode()
    assert AccessLogEntry.objects.filter(action="read", object_id=str(order.pk)).count() == 2
    page = do(desk, order, "correct-applicant", **TYPED | {"country": "", "purpose": ""}).content.decode()
    order.refresh_from_db()
    assert (order.applicant["family_name"], order.country, order.unread_messages) == ("Horvat", "", 0)
    row = Correction.objects.get()
    assert (row.user, row.from_applicant) == (clerk, False)
    assert "<del>Šućur-Đukić</del>" in page and "<ins>Horvat</ins>" in page
    assert "<del>Germany</del>" in page and "<del>Passport or identity card</del>" in page
    assert f"Name, country and purpose · {clerk}" in page and "Corrected by the office" in page
    assert not Message.objects.exists() and found(office, "name", "Horvat")


def test_the_applicant_reads_that_it_was_the_office(desk, office):
    order = an_order(office, language="en")
    do(desk, order, "correct-applicant", **TYPED)
    (mail,) = mails(":corrected:")
    assert "The office corrected" in mail.payload["text"] and not mails("office_correction")


def test_the_second_of_two_clerks_is_told(desk, office):
    order = an_order(office)
    seen = order.version
    do(desk, order, "protocol", number="1")
    page = desk.post(step_url(order, "correct-applicant"), {"version": seen, **TYPED}).content.decode()
    assert "Somebody else changed this order meanwhile" in page and 'value="Horvat"' in page
    assert not Correction.objects.exists()


@pytest.mark.parametrize("state", [OrderState.WITHDRAWN, OrderState.REFUSED, OrderState.EXPIRED])
def test_nothing_of_an_ended_order_is_corrected(desk, office, state):
    order = an_order(office)
    Order.objects.filter(pk=order.pk).update(state=state)
    assert "correct-applicant" not in do(desk, order, "correct-applicant", **TYPED).content.decode()
    for user in (None, get_user_model().objects.get()):
        with pytest.raises(TransitionNotAllowed):
            actions.correct_applicant(order, user=user, facts=TYPED)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("who", ["another office's clerk", "editor", "reader", "nobody"])
def test_others_correct_nothing(office, client, who):
    order = an_order(office)
    if who == "another office's clerk":
        client.force_login(a_clerk(an_office(site=a_site("other.example.org"))))
    elif who == "editor":
        client.force_login(a_clerk(office, "wagtailcore.change_page"))
    elif who == "reader":
        client.force_login(a_clerk(office, "diaspora_registrar.view_order"))
    url = step_url(order, "correct-applicant")
    for response in (client.get(url), client.post(url, {"version": order.version, **TYPED})):
        assert response.status_code in (302, 403, 404) and "Šućur" not in response.content.decode()
    assert not Correction.objects.exists()
