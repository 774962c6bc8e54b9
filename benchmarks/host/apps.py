from django.apps import AppConfig


class BenchmarkHostConfig(AppConfig):
    """What the peers need of a host: a page of `wagtail.contrib.forms`."""

    name = "benchmarks.host"
    label = "bench_host"
    default_auto_field = "django.db.models.BigAutoField"
