import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from wagtail_diaspora.scripts import to_cyrillic

_STRING = re.compile(r'^(msgstr(?:\[\d+\])? )?"(.*)"$')


class Command(BaseCommand):
    help = "Write the Serbian Cyrillic catalogues from the Latin ones, or check that it is up to date."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="A locale folder with sr_Latn in it.")
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; fail if one is out of date."
        )

    def handle(self, *args, folder: Path, check: bool, **options):
        sources = sorted((folder / "sr_Latn" / "LC_MESSAGES").glob("*.po"))
        if not sources:
            raise CommandError(f"There is no catalogue in {folder / 'sr_Latn'}.")
        for source in sources:
            target = folder / "sr" / "LC_MESSAGES" / source.name
            wanted = transliterated(source.read_text(encoding="utf-8"))
            if check and (not target.exists() or target.read_text(encoding="utf-8") != wanted):
                raise CommandError(f"{target} is out of date. Run: manage.py diaspora_transliterate {folder}")
            if not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(wanted, encoding="utf-8")


def transliterated(catalogue: str) -> str:
    """The catalogue with each translation in Cyrillic; its header and everything else as they are."""
    header, _gap, entries = catalogue.partition("\n\n")
    lines, translating = [header.replace('"Language: sr_Latn', '"Language: sr'), ""], False
    for line in entries.splitlines():
        found = _STRING.match(line)
        translating = bool(found) and (bool(found[1]) or translating)
        if translating:
            line = f'{found[1] or ""}"{_cyrillic(found[2])}"'
        lines.append(line)
    return "\n".join(lines) + "\n"


def _cyrillic(text: str) -> str:
    """Escapes such as `\\n` are no letters; a quotation mark belongs to its tag."""
    parts = re.split(r"(\\[^\"])", text)
    parts[::2] = [to_cyrillic(part.replace('\\"', '"')).replace('"', '\\"') for part in parts[::2]]
    return "".join(parts)
