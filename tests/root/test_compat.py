import pytest

from wagtail_diaspora.compat import migration_that_makes


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
