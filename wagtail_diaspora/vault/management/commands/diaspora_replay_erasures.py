from typing import Any

from django.core.management.base import BaseCommand

from wagtail_diaspora.vault.erasure import replay


class Command(BaseCommand):
    help = "After an older backup was restored: erase again what had been erased since."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{replay()} erased again")
