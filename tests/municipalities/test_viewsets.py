import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Site
from wagtail.users.models import UserProfile

from tests.factories.municipalities import MunicipalityFactory, user_with
from tests.factories.registrar import a_site, an_office, an_order
from wagtail_diaspora.municipalities.models import Holiday, Municipality
from wagtail_diaspora.municipalities.viewsets.base import limit_to
from wagtail_diaspora.registrar.models import DocumentType, RegistrarSettings

pytestmark = pytest.mark.django_db

HEAD = (
    "diaspora_municipalities.change_municipality",
    "diaspora_municipalities.change_holiday",
    "diaspora_registrar.change_registrarsettings",
    "diaspora_registrar.change_documenttype",
    "diaspora_registrar.delete_documenttype",
)


@pytest.fixture
def office():
    return an_office(site=a_site("ours.example.org"))


@pytest.fixture
def head(office, client):
    user = user_with(*HEAD, municipality=office)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    return speaking_english(user, client)


@pytest.fixture
def superuser(admin_user, client):
    return speaking_english(admin_user, client)


def speaking_english(user, client):
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


def office_form(office, **changes):
    empty = dict.fromkeys(("address", "phone", "signatory", "coat_of_arms"), "")
    words = {"name_bs": "Drugi naziv"}
    own = {"code": office.code, "kind": office.kind, "entity": office.entity, "email": office.email}
    return {**empty, **words, **own, "site": office.site_id or "", **changes}


def policy_form(municipality):
    choices = {"payment_policy": "check_first", "signature_policy": "none", "delivers_by_post": "on"}
    numbers = {"answer_days": 60, "retention_months": 12, "postage_home_minor": 0, "postage_abroad_minor": 0}
    return {"municipality": municipality.pk, **choices, **numbers}


def test_an_office_does_not_move_to_another_site(office, head):
    url = reverse("diaspora_municipality:edit", args=[office.pk])
    elsewhere = a_site("theirs.example.org")
    page = head.get(url).content.decode()
    assert "ours.example.org" in page and "theirs.example.org" not in page
    response = head.post(url, office_form(office, site=elsewhere.pk, code="taken-over"))
    assert response.status_code == 302
    changed = Municipality.objects.get(pk=office.pk)
    assert changed.name == {"bs": "Drugi naziv"}
    assert (changed.site, changed.code) == (office.site, office.code)


def test_the_languages_of_an_office_are_ticked_and_keep_their_order(office, head):
    url = reverse("diaspora_municipality:edit", args=[office.pk])
    Municipality.objects.update(office_languages=["sr", "bs"])
    assert head.get(url).context["form"]["office_languages"].value() == ["sr", "bs"]
    head.post(url, office_form(office, office_languages=["bs", "de", "sr"]))
    assert Municipality.objects.get(pk=office.pk).office_languages == ["sr", "bs", "de"]
    answer = head.post(url, office_form(office, office_languages=["tlh"]))
    assert list(answer.context["form"].errors) == ["office_languages"]


def test_a_list_says_amounts_and_answers_in_words(office, head):
    office.document_types.update(fee_minor=1250, active=True)
    page = head.get(reverse("diaspora_document_type:index")).content.decode()
    assert "12.50\xa0KM" in page and "1250" not in page
    assert "Yes" in page and "True" not in page


def test_a_superuser_moves_an_office(office, superuser):
    elsewhere = a_site("theirs.example.org")
    url = reverse("diaspora_municipality:edit", args=[office.pk])
    assert "theirs.example.org" in superuser.get(url).content.decode()
    superuser.post(url, office_form(office, site=elsewhere.pk, code="moved"))
    changed = Municipality.objects.get(pk=office.pk)
    assert (changed.site, changed.code) == (elsewhere, "moved")


def test_a_row_stays_in_its_municipality(office, superuser):
    holiday = Holiday.objects.create(municipality=office, day="2026-05-01")
    other = MunicipalityFactory()
    url = reverse("diaspora_holiday:edit", args=[holiday.pk])
    superuser.post(url, {"municipality": other.pk, "day": "2026-05-02", "name_bs": "Praznik"})
    holiday.refresh_from_db()
    assert (str(holiday.day), holiday.municipality) == ("2026-05-02", office)


def test_a_day_that_is_taken_is_an_error_of_the_form(office, superuser):
    Holiday.objects.create(municipality=office, day="2026-05-01")
    second = Holiday.objects.create(municipality=office, day="2026-05-02")
    url = reverse("diaspora_holiday:edit", args=[second.pk])
    response = superuser.post(url, {"day": "2026-05-01", "name_bs": "Praznik"})
    assert response.status_code == 200 and response.context["form"].errors


def test_an_office_has_one_policy(office, superuser):
    url = reverse("diaspora_registrar_settings:add")
    response = superuser.post(url, policy_form(office))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["municipality"]
    assert superuser.post(url, policy_form(MunicipalityFactory())).status_code == 302
    assert RegistrarSettings.objects.count() == 2


def test_a_used_document_type_is_kept_and_the_way_out_is_said(office, head):
    used, unused = office.document_types.get(code="birth"), office.document_types.get(code="citizenship")
    an_order(office, types=("birth",))
    page = head.post(reverse("diaspora_document_type:delete", args=[used.pk]), follow=True).content.decode()
    assert "is used and cannot be deleted" in page and "Switch off “offered” instead" in page
    head.post(reverse("diaspora_document_type:delete", args=[unused.pk]))
    assert set(DocumentType.objects.filter(pk__in=[used.pk, unused.pk])) == {used}


def test_a_municipality_with_orders_is_kept(office, superuser):
    an_order(office)
    url = reverse("diaspora_municipality:delete", args=[office.pk])
    page = superuser.post(url, follow=True).content.decode()
    assert "is used and cannot be deleted" in page and "Take its website away instead" in page
    assert Municipality.objects.filter(pk=office.pk).exists()


class AnyForm(forms.Form):
    """Rows of which it is known to whom they belong, and of which it is not."""

    holiday = forms.ModelChoiceField(Holiday.objects.all())
    picture = forms.ModelChoiceField(get_image_model().objects.all())
    site = forms.ModelChoiceField(Site.objects.all())
    person = forms.ModelChoiceField(get_user_model().objects.all())


def test_choices_that_belong_to_nobody_known_are_named_to_superusers_only(office, admin_user):
    clerk = user_with("diaspora_registrar.view_order", municipality=office)
    ours = Holiday.objects.create(municipality=office, day="2026-05-01")
    Holiday.objects.create(municipality=MunicipalityFactory(), day="2026-05-01")
    form, full = AnyForm(), AnyForm()
    limit_to(form, clerk, Municipality.objects.filter(pk=office.pk))
    limit_to(full, admin_user, Municipality.objects.all())
    assert list(form.fields["holiday"].queryset) == [ours]
    assert [form.fields[name].queryset.count() for name in ("site", "person")] == [0, 0]
    assert form.fields["picture"].queryset.query.is_empty() is False
    assert full.fields["person"].queryset.count() == 2 and full.fields["holiday"].queryset.count() == 2


def test_a_list_shows_no_filter_that_nobody_chose(office, head):
    """An office that is the only choice is not chosen for the filter as it is for a form."""
    page = head.get(reverse("diaspora_document_type:index")).content.decode()
    assert 'data-w-active-filter-id="' not in page
    chosen = head.get(reverse("diaspora_document_type:index"), {"municipality": office.pk}).content.decode()
    assert 'data-w-active-filter-id="' in chosen
