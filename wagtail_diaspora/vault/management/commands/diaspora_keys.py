from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wagtail_diaspora import conf
from wagtail_diaspora.exceptions import KeysMissing
from wagtail_diaspora.vault import keys


class Command(BaseCommand):
    help = "Make an encryption key, or check the ring. Whoever loses the keys loses the data."
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["new", "check"])
        parser.add_argument("--id", help="Name of the key; the day unless given.")

    def handle(self, *, what: str, id: str | None, **options: Any) -> None:
        self.new(id or f"k{timezone.now():%Y%m%d}") if what == "new" else self.check_ring()

    def new(self, identifier: str) -> None:
        """Put the new key first into KEY_FILE, or print it for KEYS."""
        if not keys.ID_PATTERN.fullmatch(identifier):
            raise CommandError("The id has 1 to 16 letters, digits, hyphens or underscores.")
        existing = keys.lines()
        if identifier in [line.partition(":")[0] for line in existing]:
            raise CommandError(f"There is a key {identifier} already. Name the new one with --id.")
        line = keys.new_line(identifier)
        if conf.KEY_FILE:
            self._write(Path(conf.KEY_FILE), [line, *existing])
        else:
            self.stdout.write(line)
        self.stderr.write(
            "Keep a copy of this key apart from the database's backups. Without it nobody, not even you, "
            "can read the orders again. Then run diaspora_rotate_keys if there were keys before."
        )

    def check_ring(self) -> None:
        try:
            ids = [key.id for key in keys.ring()]
        except KeysMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{ids[0]} seals; in the ring: {', '.join(ids)}")

    def _write(self, path: Path, lines: list[str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text("\n".join(lines) + "\n", encoding="ascii")
        fresh.replace(path)
        self.stdout.write(f"The key {lines[0].partition(':')[0]} now comes first in {path}")
