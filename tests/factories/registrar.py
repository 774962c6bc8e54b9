"""Orders as the product makes them: through the same action that a clerk's entry takes."""

from wagtail.models import Locale, Page, Site

from tests.factories.municipalities import MunicipalityFactory
from wagtail_diaspora.registrar import offer, shipped
from wagtail_diaspora.registrar.actions import sending
from wagtail_diaspora.registrar.actions.sending import AskedItem, AskedPerson, Submission
from wagtail_diaspora.registrar.models import RegistrarSettings

FACTS = {
    "family_name": "Šućur-Đukić",
    "forenames": "Čedomir",
    "sex": "M",
    "date_of_birth": "1962-04-01",
    "place_of_birth": "Ljubija",
    "father_name": "Đorđe Šućur",
    "mother_name": "Žana Đukić",
}
APPLICANT = {
    "forenames": "Čedomir",
    "family_name": "Šućur-Đukić",
    "country": "DE",
    "phone": "+4971112345",
    "purpose": "passport",
    "purpose_text": "",
}
ADDRESS = {
    "name": "Čedomir Šućur-Đukić",
    "lines": "Königstraße 1",
    "postcode": "70173",
    "city": "Stuttgart",
    "country": "DE",
}


def an_office(*, fee: int = 500, site: Site | None = None, **settings):
    """A municipality on a site, with the shipped document types at `fee` fenings a copy."""
    site = site or Site.objects.filter(is_default_site=True, diaspora_municipality=None).first()
    site = site or a_site(f"site-{Site.objects.count()}.example.org")
    municipality = MunicipalityFactory(site=site, name={"bs": "Grad Primjer", "sr": "Град Примјер"})
    shipped.add_document_types(municipality)
    municipality.document_types.update(fee_minor=fee)
    RegistrarSettings.objects.create(municipality=municipality, **settings)
    return municipality


def a_site(hostname: str) -> Site:
    root = Page.objects.filter(depth=2).first() or Page.objects.filter(depth=1).first() or a_root()
    return Site.objects.create(
        hostname=hostname, root_page=root, is_default_site=not Site.objects.exists(), site_name=hostname
    )


def a_root() -> Page:
    """What Wagtail's migrations make, and a test with transactions of its own takes away."""
    Locale.objects.get_or_create(language_code="bs")
    return Page.add_root(instance=Page(title="Root", slug="root"))


def a_submission(municipality, *, types=("birth",), persons=1, **facts) -> Submission:
    """`persons` is how many like FACTS, or who."""
    if isinstance(persons, int):
        persons = [AskedPerson(relation="self", facts=FACTS)] * persons
    offered = offer.offer_of(municipality.registrar_settings)
    items = [
        AskedItem(type=offered.get(code), person=number, copies=1, language="sr")
        for number in range(len(persons))
        for code in types
    ]
    return Submission(
        **{
            "municipality": municipality,
            "settings": municipality.registrar_settings,
            "items": items,
            "persons": persons,
            "applicant": APPLICANT,
            "email": "applicant@example.net",
            "address": ADDRESS,
            "delivery_method": "post",
            "language": "sr",
        }
        | facts
    )


def an_order(municipality=None, **facts):
    return sending.enter(a_submission(municipality or an_office(), **facts))
