from types import SimpleNamespace

import pytest
from django.test import override_settings

from wagtail_diaspora.checks import site, values


def ids(messages):
    return [message.id for message in messages]


def test_the_tests_host_is_sound():
    for check in (
        site.rooms_below_are_installed,
        site.wagtail_is_supported,
        site.page_is_not_swapped,
        site.base_template_has_the_block,
    ):
        assert check(None) == []


def test_a_missing_room_is_named(monkeypatch):
    monkeypatch.setattr(site.apps, "is_installed", lambda name: name != "wagtail_diaspora.outbox")
    found = site.rooms_below_are_installed(None)
    assert set(ids(found)) == {"diaspora.E001"}
    assert "Add 'wagtail_diaspora.outbox' to INSTALLED_APPS." in {message.hint for message in found}


@pytest.mark.parametrize(("version", "expected"), [((6, 3), ["diaspora.E002"]), ((9, 0), ["diaspora.W003"])])
def test_other_versions_of_wagtail_are_named(monkeypatch, version, expected):
    monkeypatch.setattr(site.wagtail, "VERSION", version)
    assert ids(site.wagtail_is_supported(None)) == expected


@pytest.mark.parametrize(("version", "expected"), [((6, 1, 9), []), ((6, 2, 0), ["diaspora.W015"])])
def test_a_newer_django_is_named(monkeypatch, version, expected):
    monkeypatch.setattr(site.django, "VERSION", version)
    assert ids(site.django_is_supported(None)) == expected


def test_a_swapped_page_is_refused(settings):
    settings.WAGTAILCORE_PAGE_MODEL = "host.OurPage"
    assert ids(site.page_is_not_swapped(None)) == ["diaspora.E004"]


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("missing.html", None, ["diaspora.E005"]),
        ("bare.html", "<html>{% block body %}{% endblock %}</html>", ["diaspora.W006"]),
        ("untitled.html", "<html>{% block content %}{% endblock %}</html>", ["diaspora.W006"]),
        ("child.html", '{% extends "base.html" %}', []),
        ("base.html", '{% extends "base.html" %}', []),  # the next of this name, as in Wagtail CRX
    ],
)
def test_the_base_template_is_looked_at(settings, tmp_path, name, source, expected):
    if source:
        (tmp_path / name).write_text(source)
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path]}
    with override_settings(
        TEMPLATES=[engine], WAGTAIL_DIASPORA={**settings.WAGTAIL_DIASPORA, "BASE_TEMPLATE": name}
    ):
        assert ids(site.base_template_has_the_block(None)) == expected


def test_a_base_template_of_another_engine_cannot_be_extended(settings, tmp_path):
    (tmp_path / "other.html").write_text("{% block content %}{% endblock %}")
    other = {
        "BACKEND": "django.template.backends.dummy.TemplateStrings",
        "DIRS": [tmp_path],
        "APP_DIRS": False,
    }
    ours = {**settings.WAGTAIL_DIASPORA, "BASE_TEMPLATE": "other.html"}
    with override_settings(TEMPLATES=[other, *settings.TEMPLATES], WAGTAIL_DIASPORA=ours):
        assert ids(site.base_template_has_the_block(None)) == ["diaspora.E005"]


def test_a_base_template_of_the_hosts_own_knows_its_blocks(settings, tmp_path):
    (tmp_path / "bare.html").write_text("<html>{% block body %}{% endblock %}</html>")
    (tmp_path / "wagtail_diaspora").mkdir()
    (tmp_path / "wagtail_diaspora" / "base.html").write_text("{% extends diaspora_base %}")
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path]}
    ours = {**settings.WAGTAIL_DIASPORA, "BASE_TEMPLATE": "bare.html"}
    with override_settings(TEMPLATES=[engine], WAGTAIL_DIASPORA=ours):
        assert site.base_template_has_the_block(None) == []


def test_sqlite_as_wagtail_start_leaves_it_is_warned_of(monkeypatch):
    monkeypatch.setattr(site, "connections", {"default": SimpleNamespace(vendor="sqlite")})
    monkeypatch.setitem(site.settings.DATABASES, "default", {"OPTIONS": {}})
    assert ids(site.sqlite_waits_its_turn(None, databases=["default"])) == ["diaspora.W007"]
    good = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode = WAL;"}
    monkeypatch.setitem(site.settings.DATABASES, "default", {"OPTIONS": good})
    assert site.sqlite_waits_its_turn(None, databases=["default"]) == []


def test_a_cache_of_one_process_is_warned_of_when_it_counts(settings):
    assert site.cache_is_shared(None) == []
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, "RATELIMIT_BACKEND": "memory"}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert ids(site.cache_is_shared(None)) == ["diaspora.W008"]


def found_with(check, settings, **ours):
    settings.WAGTAIL_DIASPORA = {**settings.WAGTAIL_DIASPORA, **ours}
    found = check(None)
    assert all(message.hint for message in found)
    return ids(found)


def test_a_proxy_without_a_name_is_warned_of(settings):
    assert site.proxies_are_named(None) == []
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert found_with(site.proxies_are_named, settings) == ["diaspora.W009"]
    settings.SECURE_PROXY_SSL_HEADER, settings.USE_X_FORWARDED_HOST = None, True
    assert found_with(site.proxies_are_named, settings) == ["diaspora.W009"]
    assert found_with(site.proxies_are_named, settings, TRUSTED_PROXIES=["127.0.0.1"]) == []


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ({}, 0),
        ({"send": (60, 3600), "code": [1, 60]}, 0),
        ({"sent": (60, 3600)}, 1),
        ({"send": 60, "code": (0, 3600), "proof": (1, "3600"), "upload": (1, 2, 3), "message": None}, 5),
        (None, 1),
        ("send", 1),
        ([("send", (60, 3600))], 1),
    ],
)
def test_rate_limits_that_are_none_are_named(settings, value, count):
    assert found_with(values.rate_limits_are_pairs, settings, RATE_LIMITS=value) == ["diaspora.E010"] * count


@pytest.mark.parametrize("value", [(), "bs", None, ("bs", "bosanski"), ("sr-Latn",), (None,)])
@pytest.mark.parametrize("name", ["LANGUAGES", "FALLBACK_LANGUAGES"])
def test_languages_that_are_none_are_named(settings, name, value):
    assert found_with(values.languages_are_known, settings) == []
    assert found_with(values.languages_are_known, settings, **{name: value}) == ["diaspora.E011"]


@pytest.mark.parametrize("value", [0, -1, "20", None, True, 1.5])
@pytest.mark.parametrize("name", ["UPLOAD_MAX_BYTES", "DRAFTS_PER_NETWORK", "ACCESS_LOG_DAYS"])
def test_numbers_that_are_none_are_named(settings, name, value):
    assert found_with(values.numbers_are_positive, settings) == []
    assert found_with(values.numbers_are_positive, settings, **{name: value}) == ["diaspora.E012"]


@pytest.mark.parametrize("value", ["127.0.0.1", None, ["10.0.0.0/8"], ["proxy"], [None]])
def test_proxies_that_are_no_addresses_are_named(settings, value):
    assert found_with(values.proxies_are_addresses, settings, TRUSTED_PROXIES=("::1",)) == []
    assert found_with(values.proxies_are_addresses, settings, TRUSTED_PROXIES=value) == ["diaspora.E013"]


@pytest.mark.parametrize("value", ["10.0.0.0/8", None, ["intranet"], ["10.0.0.1/8"], [None]])
def test_fetched_addresses_that_are_no_networks_are_named(settings, value):
    check, allowed = values.fetched_addresses_are_networks, {"FETCH_ALLOWED_ADDRESSES": ["::1", "10.0.0.0/8"]}
    assert found_with(check, settings, **allowed) == []
    assert found_with(check, settings, FETCH_ALLOWED_ADDRESSES=value) == ["diaspora.E016"]


@pytest.mark.parametrize(("on", "expected"), [(True, []), (False, ["diaspora.W014"])])
def test_translations_that_are_switched_off_are_named(settings, on, expected):
    settings.USE_I18N = on
    assert ids(site.translations_are_on(None)) == expected
