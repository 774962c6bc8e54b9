from typing import Any

from django.core.management.base import BaseCommand

from wagtail_diaspora.outbox.actions import put_aside
from wagtail_diaspora.vault import erasure


class Command(BaseCommand):
    help = (
        "After a backup was restored, before site and clock run again: put aside the messages that wait, "
        "since they may have been sent, and erase again what had been erased since."
    )

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{put_aside()} messages put aside; send each again from its case if need be")
        self.stdout.write(f"{erasure.replay()} erased again")
