from typing import Any

from django.core.management.base import BaseCommand

from wagtail_diaspora.outbox.actions import put_aside
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.outbox.signals import backup_restored
from wagtail_diaspora.vault import erasure


class Command(BaseCommand):
    help = (
        "After a backup was restored, before site and clock run again: put aside what waits, "
        "since it may have been sent, and erase again what had been erased since."
    )

    def handle(self, **options: Any) -> None:
        for _receiver, said in backup_restored.send(sender=Message):
            self.stdout.write(said)
        self.stdout.write(f"{put_aside()} messages put aside; send each again from its case if need be")
        self.stdout.write(f"{erasure.replay()} erased again")
