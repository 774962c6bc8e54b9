"""Which of Django's and Wagtail's words our catalogues must hold: `make borrowed` writes the lists again.

`python -m tests.borrow list SITE-PACKAGES…` reads the catalogues of what is installed there and writes
`wagtail_diaspora/borrowed/`, where `make messages` finds each string.
`python -m tests.borrow fill SITE-PACKAGES…` then takes the German from there; bs, hr and sr_Latn are ours.
"""

import json
import sys
from pathlib import Path

import polib
from django.conf import global_settings

ROOT = Path(__file__).resolve().parents[1]
BORROWED = ROOT / "wagtail_diaspora" / "borrowed"
OURS = ("bs", "hr", "sr", "sr-latn", "de", "en")
WRITTEN = ("bs", "hr", "sr_Latn", "de", "en")
WHOLE = ("bs", "hr", "sr", "sr_Latn")  # a string of Django's that one of these lacks is borrowed
PARTS = {
    "wagtail": (
        ".",
        "admin",
        "contrib/forms",
        "contrib/settings",
        "contrib/simple_translation",
        "contrib/table_block",
        "contrib/typed_table_block",
        "documents",
        "embeds",
        "images",
        "locales",
        "search",
        "sites",
        "snippets",
        "users",
    ),
    "django": ("conf", "contrib/auth", "contrib/contenttypes", "contrib/humanize"),
}
EKAVIAN = {  # Django's Serbian is that of Serbia; ours is that of Bosnia and Herzegovina
    "Enter a valid value.",
    "Ensure this value is less than or equal to %(limit_value)s.",
    "Ensure this value is greater than or equal to %(limit_value)s.",
    "Enter a whole number.",
    "Enter a valid time.",
    "Enter a valid date/time.",
    "No file was submitted. Check the encoding type on the form.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Select a valid choice. That choice is not one of the available choices.",
    "Enter a list of values.",
    "Please correct the duplicate values below.",
    "Order",
    "Time",
    "Integer",
    "a.m.",
    "Monday",
    "Wednesday",
    "Sunday",
    "Wed",
    "Password changed successfully.",
    "Password change successful",
}
OTHER_LANGUAGES = {name for code, name in global_settings.LANGUAGES if code not in OURS}
DOMAINS = {"django": "py", "djangojs": "js"}
COMMENT = "Words of {part} that our catalogues hold. Written by `make borrowed`: do not edit."

Key = tuple[str | None, str]


def catalogue(folder: Path, language: str, domain: str) -> dict[Key, polib.POEntry]:
    path = folder / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    entries = polib.pofile(str(path)) if path.exists() else []
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}


def wanted(folder: Path, package: str, domain: str) -> dict[Key, polib.POEntry]:
    """What one part says; of Django's only what it has not translated itself, or not as it is spoken here."""
    entries = catalogue(folder, "en", domain)
    if package == "wagtail":
        return entries
    theirs = [catalogue(folder, language, domain) for language in WHOLE]
    return {
        key: entry
        for key, entry in entries.items()
        if entry.msgid not in OTHER_LANGUAGES
        and (entry.msgid in EKAVIAN or not all(key in each and each[key].translated() for each in theirs))
    }


def lists(folders: list[Path]) -> dict[tuple[str, str], dict[Key, polib.POEntry]]:
    """By part and domain; a string that two parts share stands in the first."""
    found, seen = {}, set()
    for package, parts in PARTS.items():
        for part in parts:
            for domain in DOMAINS:
                entries = {}
                for folder in folders:
                    entries |= wanted(folder / package / part, package, domain)
                entries = {key: entry for key, entry in entries.items() if (domain, *key) not in seen}
                seen |= {(domain, *key) for key in entries}
                if entries:
                    found[f"{package}.{part.replace('/', '.')}".rstrip("."), domain] = entries
    return found


def call(entry: polib.POEntry, domain: str) -> str:
    name = ("np" if entry.msgctxt else "n") if entry.msgid_plural else ("p" if entry.msgctxt else "")
    words = [entry.msgctxt, entry.msgid, entry.msgid_plural or None]
    said = [json.dumps(word, ensure_ascii=False) for word in words if word is not None]
    if domain == "djangojs":
        return f"{name}gettext({', '.join([*said, *(['2'] if entry.msgid_plural else [])])});"
    return f"{name + 'gettext_lazy' if name else '_'}({', '.join(said)})"


def module(part: str, domain: str, entries: dict[Key, polib.POEntry]) -> str:
    calls = [call(entries[key], domain) for key in sorted(entries, key=lambda key: (key[1], key[0] or ""))]
    if domain == "djangojs":
        return f"// {COMMENT.format(part=part)}\n" + "\n".join(calls) + "\n"
    names = sorted({line.partition("(")[0] for line in calls} - {"_"})
    imported = ["gettext_noop as _", ", ".join(names)] if names else ["gettext_noop as _"]
    imports = "\n".join(f"from django.utils.translation import {each}" for each in imported)
    head = f'"""{COMMENT.format(part=part)}"""\n\n# fmt: off\n'
    return f"{head}\n{imports}\n\n" + "\n".join(calls) + "\n"


def write(folders: list[Path]) -> None:
    for old in BORROWED.glob("*_*.*"):
        if not old.name.startswith("__"):
            old.unlink()
    for (part, domain), entries in lists(folders).items():
        path = BORROWED / f"{part.replace('.', '_')}_words.{DOMAINS[domain]}"
        path.write_text(module(part, domain, entries), encoding="utf-8")


def fill(folders: list[Path]) -> None:
    """Take what Django and Wagtail say in German where we say nothing; English is itself.

    The others are only written again: gettext breaks lines of places, so `make messages` would change all.
    """
    for domain in DOMAINS:
        german: dict[Key, polib.POEntry] = {}
        for package, parts in PARTS.items():
            for folder in folders[::-1]:
                for part in parts:
                    known = catalogue(folder / package / part, "de", domain)
                    german |= {key: entry for key, entry in known.items() if entry.translated()}
        for language in WRITTEN:
            path = ROOT / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
            ours = polib.pofile(str(path), wrapwidth=0)
            for entry in ours if language in ("de", "en") else ():
                if entry.translated() and not entry.fuzzy:
                    continue
                source = german.get((entry.msgctxt, entry.msgid)) if language == "de" else entry
                if source is not None:
                    take(entry, source, english=language == "en")
            ours.save()


def take(entry: polib.POEntry, source: polib.POEntry, *, english: bool) -> None:
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
    if not entry.msgid_plural:
        entry.msgstr = entry.msgid if english else source.msgstr
    elif english:
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
    else:
        entry.msgstr_plural = dict(source.msgstr_plural)


if __name__ == "__main__":
    {"list": write, "fill": fill}[sys.argv[1]]([Path(folder) for folder in sys.argv[2:]])
