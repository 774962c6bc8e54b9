"""Steps of `manage.py diaspora_setup`: document types, settings, rights, and the registrar page."""

from collections.abc import Callable
from functools import wraps

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.citizens import known_language, served_languages
from wagtail_diaspora.municipalities.setup import ADMINISTRATOR, CLERK, HEAD, grant
from wagtail_diaspora.scripts import to_latin
from wagtail_diaspora.setup import Plan

from . import shipped, standard_messages
from .models import RegistrarSettings
from .models.pages import RegistrarPage, RegistrarPageWords
from .storefront import shipped_words

TITLE = _("Virtual registrar")
SUMMARY = _("Order extracts and certificates from the registers, from anywhere in the world.")
"""What a search engine shows."""
FILLED = ("introduction", "requirements", "privacy_notice")
WORK = [f"diaspora_registrar.{verb}_order" for verb in ("view", "change", "add")]
POLICY = [
    "diaspora_registrar.change_registrarsettings",
    *(
        f"diaspora_registrar.{verb}_{model}"
        for model in ("documenttype", "messagetemplate")
        for verb in ("add", "change", "delete")
    ),
]


def make_document_types(plan: Plan) -> None:
    """A later version may bring more; an office that works already says itself when it offers them."""
    added = shipped.add_document_types(plan.made["municipality"])
    for kind in added:
        offered = (
            "free of charge until you set its fee" if kind.active else "not offered until you switch it on"
        )
        plan.done(f"document type {kind}, {offered}", new=True)
    if not added:
        plan.done("document types", new=False)


def make_message_templates(plan: Plan) -> None:
    added = standard_messages.add_message_templates(plan.made["municipality"])
    for template in added:
        plan.done(f"message template {template}", new=True)
    if not added:
        plan.done("message templates", new=False)


def make_settings(plan: Plan) -> None:
    municipality = plan.made["municipality"]
    _row, new = RegistrarSettings.objects.get_or_create(
        municipality=municipality, defaults={"notice_email": municipality.email}
    )
    plan.done("registrar settings: people pay after the record is found", new=new)


def give_rights(plan: Plan) -> None:
    head = [*WORK, "diaspora_registrar.erase_order", *POLICY]
    grant(plan, {CLERK: WORK, HEAD: head, ADMINISTRATOR: POLICY})


def make_page(plan: Plan) -> None:
    parent = plan.made["under"]
    site = parent.get_site()
    page = RegistrarPage.objects.descendant_of(site.root_page, inclusive=True).first()
    if page:
        plan.done(f"registrar page {page.url}", new=False)
        return
    own = known_language(parent.locale.language_code) or served_languages()[0]
    with translation.override(own):
        page = RegistrarPage(title=str(TITLE), slug=_free_slug(parent, str(TITLE)), **_words(plan))
        page.search_description = str(SUMMARY)
    for code in served_languages():
        if code != own:
            with translation.override(code):
                page.other_words.add(RegistrarPageWords(language=code, title=str(TITLE), **_words(plan)))
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    plan.done(f"registrar page {page.url}", new=True)


def _words(plan: Plan) -> dict[str, str]:
    return {name: shipped_words(name, plan.made["municipality"]) for name in FILLED}


def _free_slug(parent, title: str) -> str:
    slug = slugify(to_latin(title)) or "registrar"
    taken = set(parent.get_children().values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, 1000))
    return slug if slug not in taken else next(name for name in numbered if name not in taken)


def _of_offices(step: Callable[[Plan], None]) -> Callable[[Plan], None]:
    """The network keeps no registers."""

    @wraps(step)
    def run(plan: Plan) -> None:
        if plan.made["keeps_registers"]:
            step(plan)

    return run


STEPS = [
    _of_offices(step)
    for step in (make_document_types, make_message_templates, make_settings, give_rights, make_page)
]
