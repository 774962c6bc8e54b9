import pytest

from tests.factories.municipalities import MunicipalityFactory, user_with
from wagtail_diaspora.municipalities.permissions import may, municipalities_for, municipalities_of
from wagtail_diaspora.vault import scopes
from wagtail_diaspora.vault.models import AccessLogEntry

pytestmark = pytest.mark.django_db
VIEW, CHANGE = "diaspora_municipalities.view_holiday", "diaspora_municipalities.change_holiday"


@pytest.fixture
def two():
    return MunicipalityFactory.create_batch(2)


def test_permission_holds_for_its_municipality_only(two):
    ours, theirs = two
    user = user_with(VIEW, municipality=ours)
    assert [may(user, VIEW, one) for one in two] == [True, False]
    assert [may(user, CHANGE, one) for one in two] == [False, False]
    assert list(municipalities_for(user, VIEW)) == list(municipalities_of(user)) == [ours]
    assert theirs not in municipalities_of(user)


def test_inactive_user_and_anonymous_may_nothing(two):
    from django.contrib.auth.models import AnonymousUser

    inactive = user_with(VIEW, municipality=two[0], is_active=False)
    for user in (inactive, AnonymousUser()):
        assert not may(user, VIEW, two[0])
        assert not municipalities_of(user).exists()


def test_superuser_may_everything(two, admin_user):
    assert [may(admin_user, CHANGE, one) for one in two] == [True, True]


def test_scope_is_seen_in_its_municipality_only(two, admin_user):
    ours, theirs = two
    user = user_with(VIEW, municipality=ours)
    entries = [
        AccessLogEntry.objects.create(user=None, scope=one.scope, action="read") for one in (ours, theirs)
    ]
    AccessLogEntry.objects.create(user=None, scope="unknown:1", action="read")
    assert [scopes.may_see(user, one.scope) for one in two] == [True, False]
    assert list(scopes.visible(user, AccessLogEntry.objects.all())) == entries[:1]
    assert set(scopes.visible(admin_user, AccessLogEntry.objects.all())) == set(entries)
    assert scopes.may_see(admin_user, "unknown:1") is False


def test_scope_prefix_is_registered_once():
    with pytest.raises(ValueError, match="municipality"):
        scopes.register("municipality", lambda user: None)
