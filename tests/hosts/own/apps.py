from django.apps import AppConfig


class OwnConfig(AppConfig):
    """Users, images and documents of a host's own."""

    name = "tests.hosts.own"
    label = "own"
