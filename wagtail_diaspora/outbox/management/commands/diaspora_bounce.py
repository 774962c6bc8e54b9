import logging
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from wagtail_diaspora.outbox import dsn
from wagtail_diaspora.outbox.actions import give_back
from wagtail_diaspora.outbox.actions.returning import Outcome
from wagtail_diaspora.outbox.logs import without_text

logger = logging.getLogger(__name__)

COME_BACK = getattr(os, "EX_TEMPFAIL", 75)
"""Mail servers know this exit code (sysexits.h): they keep the mail and try again."""
PIECE = 64 * 1024


class Command(BaseCommand):
    help = (
        "Read mail that came back, from standard input as a mail server pipes it or from files, and mark "
        "what was not delivered. Any other mail is left alone. Exits with 75 when it must be tried again."
    )
    requires_system_checks = ()  # a mail server starts it for each mail

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="One mail each.")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        try:
            outcomes = [self.read_file(path) for path in files] or [self.read(sys.stdin.buffer)]
        except Exception as error:
            logger.error("A returned mail could not be read: %s", without_text(error))
            raise CommandError(f"{type(error).__name__}, see the log", returncode=COME_BACK) from None
        if Outcome.UNDER_WAY in outcomes:
            raise CommandError("Try again later.", returncode=COME_BACK)

    def read_file(self, path: Path) -> Outcome | None:
        with path.open("rb") as stream:
            return self.read(stream, f"{path.name}: ")

    def read(self, stream: BinaryIO, name: str = "") -> Outcome | None:
        bounce = dsn.read(stream.read(dsn.MOST_BYTES))
        while stream.read(PIECE):  # who pipes must not meet a closed door
            pass
        outcome = give_back(bounce) if bounce else None
        self.stdout.write(f"{name}{outcome or 'not a notice of a failed delivery'}")
        return outcome
