"""An order of invented people with long names, by which papers are tried.

Public API: `sample_order`. Call it in a transaction that is rolled back.
"""

from datetime import date

from django.contrib.auth import get_user_model
from wagtail.models import Page, Site

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.scripts import to_cyrillic

from . import actions, shipped
from .actions import sending
from .actions.sending import AskedItem, AskedPerson, Submission
from .models import Order, RegistrarSettings
from .models.settings import SignaturePolicy
from .offer import offer_of

NAME = "Grad Primjer (ogledni primjerak)"
FACTS = {
    "family_name": "Šućur-Đorđević Hadžiselimović",
    "forenames": "Ljubica Nedžada Đurđica",
    "former_names": "Njegovan, Džaferović",
    "sex": "F",
    "date_of_birth": "1962-04-01",
    "place_of_birth": "Donja Ljubija kod Starog Grada, općina s vrlo dugim imenom",
    "father_name": "Đorđe Šućur",
    "mother_name": "Žana O’Neill-Ćosić",
    "mother_birth_surname": "Ćosić",
}
APPLICANT = {
    "forenames": "Maximiliane",
    "family_name": "Großmüller-Šućur",
    "country": "DE",
    "phone": "+4971112345",
    "purpose": "passport",
    "purpose_text": "",
}
ADDRESS = {
    "name": "Maximiliane Großmüller-Šućur",
    "lines": "Königin-Katharina-Stiftsstraße 121 b\nHinterhaus, 4. Stock links",
    "postcode": "70173",
    "city": "Stuttgart",
    "country": "DE",
}


def sample_order(*, language: str) -> Order:
    """Two documents for one person: one issued, one passed on."""
    office = _office()
    settings = RegistrarSettings.objects.create(
        municipality=office, signature_policy=SignaturePolicy.UPLOAD, postage_abroad_minor=850
    )
    offer = offer_of(settings)
    order = sending.enter(
        Submission(
            municipality=office,
            settings=settings,
            items=[
                AskedItem(type=offer.get(code), person=0, copies=copies, language=language)
                for code, copies in (("birth", 1), ("citizenship", 2))
            ],
            persons=[AskedPerson(relation="self", facts=FACTS)],
            applicant=APPLICANT,
            email="primjer@example.org",
            address=ADDRESS,
            delivery_method="post",
            language=language,
        )
    )
    _work(order)
    return Order.objects.select_related("municipality", "municipality__site").get(pk=order.pk)


def _office() -> Municipality:
    codes = ("bs", "hr", "sr-latn", "de", "en")
    office = Municipality.objects.create(
        code="ogledni-primjerak",
        name=dict.fromkeys(codes, NAME) | {"sr": to_cyrillic(NAME)},
        office=dict.fromkeys(codes, "Matični ured") | {"sr": to_cyrillic("Matična služba")},
        kind="grad",
        entity="rs",
        email="maticar@example.org",
        address="Trg oglednih primjeraka 1\n79000 Primjer",
        phone="+387 52 000 000",
        signatory="Ogledni Potpisnik, matičar",
        site=Site.objects.create(hostname="www.example.org", root_page=Page.get_first_root_node()),
    )
    shipped.add_document_types(office)
    office.document_types.update(fee_minor=500)
    return office


def _work(order: Order) -> None:
    entry = {"number": "1234", "book": "MKR Ljubija, knjiga XII, 1962, strana 44", "office": "Ljubija"}
    entry["remarks"] = "Zaključen brak 12. 5. 1985. u Stuttgartu, Njemačka."
    users = get_user_model()
    clerk = users.objects.create(**{users.USERNAME_FIELD: "ogledni-primjerak"})
    first, second = order.items.order_by("position")
    actions.mark_found(order, user=clerk, item=first.pk, act=entry)
    actions.pass_on(order, user=clerk, item=second.pk, to="Kozarska Dubica")
    actions.record_payment(order, user=clerk, received_on=date(2026, 4, 1))
    actions.issue(order, user=clerk, item=first.pk, blank_number="AB 0012345")
