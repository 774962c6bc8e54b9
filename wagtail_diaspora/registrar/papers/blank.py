"""The blank request for one document, filled in by hand by whoever does not order over the website."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from reportlab.lib.units import mm

from wagtail_diaspora import money
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.pdf import Form
from wagtail_diaspora.pdf.document import MARGIN, WIDTH
from wagtail_diaspora.words import say

from ..facts import DATES, FactKind
from ..forms.applicant import PURPOSES
from ..forms.documents import DOCUMENT_LANGUAGES
from ..forms.persons import APPLICANT_IS
from ..jmbg import DIGITS
from ..models import RegistrarSettings
from ..models.settings import Delivery, SignaturePolicy
from ..offer import OfferedFact, OfferedRelation, OfferedType
from ..states import PaymentPolicy
from .letter import begin


def blank_request(
    municipality: Municipality, settings: RegistrarSettings, kind: OfferedType, *, language: str
) -> bytes:
    """In the citizen's `language`; it says what the office offers and charges today."""
    with translation.override(language):
        name = say(kind.name, language)
        title = _("Request: %(document)s") % {"document": name}
        form = begin(municipality, title=title, language=language, footer=name, form=Form)
        form.heading(title)
        if basis := say(kind.legal_basis, language):
            form.paragraph(basis, size=9, quiet=True)
        form.choice(_("In which language and script?"), [str(label) for _code, label in DOCUMENT_LANGUAGES])
        form.question(_("How many copies?"))
        form.heading(_("Whose record is it?"), 2)
        for fact in kind.facts:
            _ask(form, fact)
        form.heading(_("What are you to this person?"), 2)
        form.choices([_relation(relation) for relation in kind.relations])
        _applicant(form)
        _delivery(form, settings)
        _signature(form)
        _how_to_send(form, municipality, settings, kind)
        return form.render()


def _ask(form: Form, fact: OfferedFact) -> None:
    optional = not fact.required and (fact.kind in DATES or not fact.help)
    hint = " ".join(filter(None, [fact.help, _("May stay empty.") if optional else ""]))
    if fact.kind == FactKind.JMBG:
        form.digits(fact.question, hint, count=DIGITS)
    elif fact.choices:
        form.choice(fact.question, [label for _value, label in fact.choices], hint)
    else:
        form.question(fact.question, hint, lines=4 if fact.kind == FactKind.LINES else 1)


def _relation(relation: OfferedRelation) -> str:
    said, paper = str(APPLICANT_IS[relation.relation]), say(relation.paper)
    return _("%(relation)s (send with it: %(paper)s)") % {"relation": said, "paper": paper} if paper else said


def _applicant(form: Form) -> None:
    form.heading(_("About you"), 2)
    for label in (
        _("Your forenames"),
        _("Your family name"),
        _("Your e-mail address"),
        _("Your telephone number"),
    ):
        form.question(label)
    form.choice(_("What do you need the documents for?"), [str(label) for _code, label in PURPOSES])


def _delivery(form: Form, settings: RegistrarSettings) -> None:
    form.heading(_("How do you want to receive the documents?"), 2)
    ways = []
    if settings.delivers_by_post:
        ways.append(str(Delivery.POST.label))
    if settings.delivers_at_office:
        ways.append(str(Delivery.COLLECT.label))
    form.choices(ways)
    if settings.delivers_by_post:
        form.question(_("Name on the letter"), _("In Latin letters, for the post."))
        form.question(_("Street and house number"), lines=2)
        form.question(_("Postcode"))
        form.question(_("Town"))
        form.question(_("Country"))


def _signature(form: Form) -> None:
    form.need(36 * mm)
    form.space(4 * mm)
    form.paragraph(_("I declare that what is written above is true."))
    form.space(14 * mm)
    top = form.y
    form.signature_line(_("Place and date"))
    form.y = top
    form.signature_line(_("Signature"), left=WIDTH - MARGIN - 75 * mm)
    form.space(4 * mm)


def _how_to_send(
    form: Form, municipality: Municipality, settings: RegistrarSettings, kind: OfferedType
) -> None:
    form.need(60 * mm)
    form.heading(_("What you send with it"), 2)
    form.bullets(_enclosures(settings, kind))
    form.heading(_("Fee and time limit"), 2)
    form.rows(_fees(settings, kind))
    form.paragraph(_when_to_pay(settings))
    form.need(56 * mm)
    form.heading(_("Where you send it"), 2)
    form.paragraph(_way(settings))
    lines = [say(municipality.office), *municipality.address.splitlines()]
    address = "\n".join(filter(None, [str(municipality), *lines, _("Bosnia and Herzegovina")]))
    form.rows([(_("Address"), address), (_("E-mail address"), municipality.email)])


def _enclosures(settings: RegistrarSettings, kind: OfferedType) -> list[str]:
    said = [_("This request, filled in and signed by hand.")]
    if settings.identity_required:
        said.append(_("A copy of your passport or identity card, from any country."))
    if any(relation.paper for relation in kind.relations):
        said.append(_("For somebody else’s document: the paper that shows what you are to the person."))
    if kind.fee_minor and settings.payment_policy == PaymentPolicy.PAY_FIRST:
        said.append(_("The proof of payment."))
    return said


def _fees(settings: RegistrarSettings, kind: OfferedType) -> list[tuple[str, str]]:
    free = _("free of charge")
    rows = [(_("Fee for one copy"), money.written(kind.fee_minor) if kind.fee_minor else free)]
    if settings.delivers_by_post and settings.payment_policy != PaymentPolicy.FREE:
        home, abroad = settings.postage_home_minor, settings.postage_abroad_minor
        rows.append((_("Postage in Bosnia and Herzegovina"), money.written(home) if home else free))
        rows.append((_("Postage to other countries"), money.written(abroad) if abroad else free))
    days = ngettext("%(count)s working day", "%(count)s working days", kind.working_days)
    return [*rows, (pgettext("office", "Time limit"), days % {"count": kind.working_days})]


def _when_to_pay(settings: RegistrarSettings) -> str:
    return {
        PaymentPolicy.CHECK_FIRST: _(
            "Do not pay yet. The office first looks for the record, and then writes how you pay."
        ),
        PaymentPolicy.PAY_FIRST: _(
            "You pay before a clerk looks for your record. Ask the office how you pay."
        ),
        PaymentPolicy.ON_DELIVERY: _("You pay when you receive the documents."),
        PaymentPolicy.FREE: _("You pay nothing."),
    }[settings.payment_policy]


def _way(settings: RegistrarSettings) -> str:
    if settings.signature_policy == SignaturePolicy.POST:
        return _("By post: the office needs the original with your signature.")
    return _("By post, or as a picture or scan by e-mail.")
