import django
import pytest

from wagtail_diaspora.compat import connect_mail, mail_backend, migration_that_makes

BACKENDS = "django.core.mail.backends"
CONSOLE, DUMMY, SMTP = (f"{BACKENDS}.{name}.EmailBackend" for name in ("console", "dummy", "smtp"))


@pytest.mark.parametrize(
    ("model", "migration"),
    [
        ("wagtailimages.Image", ("wagtailimages", "0001_initial")),
        ("wagtailcore.Locale", ("wagtailcore", "0053_locale_model")),
        ("wagtailcore.Nothing", ("wagtailcore", "__first__")),
    ],
)
def test_the_migration_that_makes_a_model_is_found(model, migration):
    assert migration_that_makes(model) == migration


def test_a_host_without_migrations_has_none(settings):
    settings.MIGRATION_MODULES = {"wagtailimages": None}
    assert migration_that_makes("wagtailimages.Image") == ("wagtailimages", "__first__")


def test_the_mail_back_end_is_the_one_that_is_set(settings):
    settings.EMAIL_BACKEND = CONSOLE
    assert mail_backend(None) == CONSOLE
    assert mail_backend(DUMMY) == DUMMY
    assert type(connect_mail(DUMMY)).__module__ == f"{BACKENDS}.dummy"


if django.VERSION >= (6, 1):  # MAILERS came with it

    def test_a_host_with_mailers_has_no_other_setting(settings):
        settings.MAILERS = {
            "default": {"BACKEND": CONSOLE},
            "registry": {"OPTIONS": {"host": "mail.example"}},
        }
        assert [mail_backend(name) for name in (None, "registry")] == [CONSOLE, SMTP]
        assert connect_mail("registry").host == "mail.example"
        assert type(connect_mail(None)).__module__ == f"{BACKENDS}.console"
        with pytest.raises(ImportError):
            mail_backend(DUMMY)
