from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from wagtail_diaspora.registrar import papers
from wagtail_diaspora.registrar.models import Item, Order, Paper
from wagtail_diaspora.registrar.offer import as_offered
from wagtail_diaspora.registrar.samples import sample_order
from wagtail_diaspora.registrar.states import ItemState

LANGUAGES = ("bs", "sr", "hr", "sr-latn", "de", "en")


class Command(BaseCommand):
    help = "Write each paper with long invented data, in both scripts. Nothing stays in the database."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="Folder for the PDFs; each language gets one in it.")

    def handle(self, *args, folder: Path, **options):
        folder.mkdir(parents=True, exist_ok=True)
        for language in LANGUAGES:
            with transaction.atomic():
                self.write(folder, language)
                transaction.set_rollback(True)

    def write(self, folder: Path, language: str) -> None:
        order = sample_order(language=language if language in ("bs", "hr", "sr", "sr-latn") else "bs")
        items = list(order.items.select_related("document_type", "person", "order__municipality"))
        for kind, content in {**whole(order, items, language), **by_type(order, items, language)}.items():
            path = folder / language / f"{kind}.pdf"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            self.stdout.write(str(path))


def whole(order: Order, items: list[Item], language: str) -> dict[str, bytes]:
    refused = [item for item in items if item.state == ItemState.REFUSED]
    return {
        "receipt": papers.receipt(order, language=language),
        "request": papers.request_to_sign(order, language=language),
        "letter": papers.cover_letter(order, Paper.objects.filter(order=order), language=language),
        "refusal": papers.refusal_letter(order, refused, language=language),
    }


def by_type(order: Order, items: list[Item], language: str) -> dict[str, bytes]:
    """The preparation sheet and the blank request of every document type."""
    office, made = order.municipality, {}
    for item in items:
        kind = as_offered(item.document_type)
        made[f"sheet-{kind.code}"] = papers.preparation_sheet(item, language=language)
        made[f"blank-{kind.code}"] = papers.blank_request(
            office, office.registrar_settings, kind, language=language
        )
    return made
