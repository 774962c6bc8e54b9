from django.apps import AppConfig


class ExtendingConfig(AppConfig):
    """A host that has news of its own, made from ours."""

    name = "tests.hosts.extending"
    label = "town"
    default_auto_field = "django.db.models.BigAutoField"
