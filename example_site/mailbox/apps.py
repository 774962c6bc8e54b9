from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """Where the demonstration's mail can be read. Never part of the package."""

    name = "mailbox"
    default_auto_field = "django.db.models.BigAutoField"
