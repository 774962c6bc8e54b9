from typing import Any

from django.core.management.base import BaseCommand

from wagtail_diaspora.vault.rotation import rotate


class Command(BaseCommand):
    help = "Seal everything again with the first key of the ring. May be stopped and started again."

    def handle(self, **options: Any) -> None:
        for label, count in rotate():
            self.stdout.write(f"{label}: {count} sealed again")
        self.stdout.write("Done. Keys other than the first open nothing any more, except older backups.")
