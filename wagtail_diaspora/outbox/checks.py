"""System checks of the outbox: `diaspora.E1xx` and `diaspora.W1xx`."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError
from django.utils.module_loading import import_string

from wagtail_diaspora import compat, conf

COUNTS = ("OUTBOX_BATCH_SIZE", "OUTBOX_LEASE_SECONDS", "OUTBOX_MAX_ATTEMPTS", "OUTBOX_BODY_DAYS")
SHORTEST_LEASE = 30
NOT_SENDING = ("console", "dummy", "locmem", "filebased")


@register()
def numbers_are_sane(app_configs, **kwargs):
    wrong = [name for name in COUNTS if type(getattr(conf, name)) is not int or getattr(conf, name) < 1]
    errors = [
        Error(
            f"WAGTAIL_DIASPORA['{name}'] must be a whole number of at least 1.",
            hint="Correct it, or leave it out to get the default.",
            id="diaspora.E101",
        )
        for name in wrong
    ]
    if not wrong and conf.OUTBOX_LEASE_SECONDS < SHORTEST_LEASE:
        errors.append(
            Error(
                f"WAGTAIL_DIASPORA['OUTBOX_LEASE_SECONDS'] is shorter than {SHORTEST_LEASE} seconds.",
                hint="A slow mail server needs longer than that; the default is 120.",
                id="diaspora.E102",
            )
        )
    return errors


@register()
def sender_is_an_address(app_configs, **kwargs):
    from .identity import bare_address

    sender = conf.DEFAULT_FROM_EMAIL or settings.DEFAULT_FROM_EMAIL
    try:
        validate_email(bare_address(sender))
    except ValidationError:
        pass
    else:
        if sender != "webmaster@localhost":
            return []
    return [
        Error(
            "Mail has no usable sender address.",
            hint="Set DEFAULT_FROM_EMAIL to an address of a domain that may send through your mail server.",
            id="diaspora.E103",
        )
    ]


@register()
def return_address_is_one(app_configs, **kwargs):
    try:
        validate_email(conf.OUTBOX_RETURN_ADDRESS or "fine@example.org")
    except ValidationError:
        return [
            Error(
                "WAGTAIL_DIASPORA['OUTBOX_RETURN_ADDRESS'] is not an address.",
                hint="Write it bare, such as 'returned@town.example.org', or leave it out.",
                id="diaspora.E107",
            )
        ]
    return []


@register()
def email_backend_exists(app_configs, **kwargs):
    try:
        import_string(compat.mail_backend(conf.OUTBOX_EMAIL_BACKEND))
    except ImportError:
        return [
            Error(
                "The mail back end cannot be imported.",
                hint="Correct EMAIL_BACKEND or MAILERS, or WAGTAIL_DIASPORA['OUTBOX_EMAIL_BACKEND'], if set.",
                id="diaspora.E104",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def email_backend_sends(app_configs, **kwargs):
    try:
        backend = compat.mail_backend(conf.OUTBOX_EMAIL_BACKEND)
    except ImportError:  # the check above says so
        return []
    if not any(backend.startswith(f"django.core.mail.backends.{name}.") for name in NOT_SENDING):
        return []
    return [
        Warning(
            "The mail back end does not send: every message will be marked as sent and reach nobody.",
            hint="Set EMAIL_BACKEND or MAILERS to a back end that sends, such as Django's SMTP back end.",
            id="diaspora.W105",
        )
    ]


@register(Tags.database)
def clock_is_running(app_configs, databases=None, **kwargs):
    """Only with `check --database`, as every check that asks the database."""
    from . import leases

    try:
        late = bool(databases) and leases.is_late()
    except DatabaseError:
        return []
    if not late:
        return []
    return [
        Warning(
            f"No periodic run for more than {conf.TICK_WARNING_MINUTES} minutes: nothing is sent.",
            hint="Run `manage.py diaspora_tick` every minute from cron, or keep it running with --loop.",
            id="diaspora.W106",
        )
    ]
