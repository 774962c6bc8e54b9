from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.rooms import collect
from wagtail_diaspora.setup import Plan


class Command(BaseCommand):
    help = (
        "Make what a municipality needs: its row, groups with permissions, document types, settings and a "
        "registrar page. Repeatable: what is there is kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("--municipality", required=True, help="Short name, for example prijedor.")
        parser.add_argument(
            "--under", required=True, help="Page below which the registrar stands: its id, or a path like /."
        )
        parser.add_argument("--name", help="Name in Latin letters, for example “Grad Prijedor”.")
        parser.add_argument("--kind", choices=["opcina", "grad", "district", "network"])
        parser.add_argument("--entity", choices=["fbih", "rs", "brcko"], help="Only the network has none.")
        parser.add_argument("--email", help="Mailbox of the office, to which answers go.")
        parser.add_argument(
            "--english-only",
            action="store_true",
            help="Go on without USE_I18N: all is in English then.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be made, and make nothing."
        )

    def handle(self, *args, **options):
        if not settings.USE_I18N and not options["english_only"]:
            raise CommandError(
                "USE_I18N is off: documents, groups and the page would be made in English, and stay so. "
                "Set USE_I18N = True, or call this with --english-only."
            )
        plan = Plan(options=options, say=self.stdout.write)
        try:
            with transaction.atomic():
                for step in collect("diaspora_setup_steps"):
                    step(plan)
                transaction.set_rollback(options["dry_run"])
        except DiasporaError as error:
            raise CommandError(str(error)) from None
        if options["dry_run"]:
            self.stdout.write("Nothing was changed (--dry-run).")
        for advice in self.advice(plan):
            self.stdout.write(f"To do: {advice}")

    def advice(self, plan):
        try:
            reverse("diaspora_registrar:new_order")
        except NoReverseMatch:
            yield 'add path("", include("wagtail_diaspora.urls")) above wagtail_urls in your URLconf.'
        site = plan.made["under"].get_site()
        if site.hostname == "localhost":
            yield f"set the host name and port of the site (Settings, Sites): mails link to {site.root_url}."
        if getattr(settings, "WAGTAILADMIN_BASE_URL", "") == "http://example.com":
            yield "set WAGTAILADMIN_BASE_URL: mails lead clerks to http://example.com."
        permitted = dict(getattr(settings, "WAGTAILADMIN_PERMITTED_LANGUAGES", []))
        if missing := [code for code in conf.LANGUAGES if code not in permitted]:
            codes = ", ".join(missing)
            yield f"let clerks choose their language: WAGTAILADMIN_PERMITTED_LANGUAGES lacks {codes}."
        if plan.made["first"]:
            yield "put users into the new groups (Settings, Users)."
            if plan.made["keeps_registers"]:
                yield "write fees, postage and accounts (Settings): until then documents are free of charge."
            yield "run manage.py diaspora_tick every minute (one cron line)."
