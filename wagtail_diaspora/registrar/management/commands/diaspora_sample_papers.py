from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from wagtail_diaspora.registrar import papers
from wagtail_diaspora.registrar.models import Paper
from wagtail_diaspora.registrar.samples import sample_order

LANGUAGES = ("bs", "sr", "hr", "sr-latn", "de", "en")


class Command(BaseCommand):
    help = "Write each paper with long invented data, in both scripts. Nothing stays in the database."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="Folder for the PDFs; made if it is missing.")

    def handle(self, *args, folder: Path, **options):
        folder.mkdir(parents=True, exist_ok=True)
        for language in LANGUAGES:
            with transaction.atomic():
                self.write(folder, language)
                transaction.set_rollback(True)

    def write(self, folder: Path, language: str) -> None:
        order = sample_order(language=language if language in ("bs", "hr", "sr", "sr-latn") else "bs")
        item = order.items.order_by("position").first()
        made = {
            "receipt": papers.receipt(order, language=language),
            "request": papers.request_to_sign(order, language=language),
            "sheet": papers.preparation_sheet(item, language=language),
            "letter": papers.cover_letter(order, Paper.objects.filter(order=order), language=language),
        }
        for kind, content in made.items():
            path = folder / f"{kind}-{language}.pdf"
            path.write_bytes(content)
            self.stdout.write(str(path))
