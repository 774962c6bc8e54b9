"""An order of invented people with long names, by which papers are tried in every kind of document.

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
from .models.documents import Register
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
MARRIED = {
    "surname_before_marriage": "Šućur-Đorđević",
    "spouse_family_name": "Hadžiselimović",
    "spouse_forenames": "Džemaludin Žarko",
    "spouse_surname_before_marriage": "Ćehajić-Njegovan",
    "spouse_date_of_birth": "1959",
    "spouse_place_of_birth": "Gornji Šeher, Bosna i Hercegovina",
    "date_of_marriage": "1985-05",
    "place_of_marriage": "Stuttgart-Bad Cannstatt, Njemačka",
    "country_of_marriage": "Njemačka",
    "household_address": "Ulica dvadeset i četvrtog ustanka 121 b, Donja Ljubija",
    "household_members": "Džemaludin Žarko Hadžiselimović, 1959, suprug\nŽana Šućur, 12. 3. 1990., kćerka",
}
DECEASED = {
    "family_name": "Ćosić-Šućur",
    "forenames": "Žana Ljudmila",
    "former_names": "O’Neill",
    "sex": "F",
    "date_of_birth": "1931",
    "date_of_death": "1994-11",
    "place_of_death": "Malmö, Švedska",
    "last_residence": "Donja Ljubija kod Starog Grada",
    "father_name": "Njegoš Ćosić",
    "last_spouse_family_name": "Šućur",
    "last_spouse_forenames": "Đorđe",
}
APPLICANT = {
    "forenames": "Maximiliane",
    "family_name": "Großmüller-Šućur",
    "country": "DE",
    "phone": "+4971112345",
    "purpose": "passport",
    "purpose_text": "",
}
REASON = (
    "Za domaćinstvo na navedenoj adresi nema prijave prebivališta. Priložite potvrdu o prijavi prebivališta, "
    "pa će zahtjev biti ponovo razmotren."
)
ADDRESS = {
    "name": "Maximiliane Großmüller-Šućur",
    "lines": "Königin-Katharina-Stiftsstraße 121 b\nHinterhaus, 4. Stock links",
    "postcode": "70173",
    "city": "Stuttgart",
    "country": "DE",
}


def sample_order(*, language: str) -> Order:
    """Every document that is shipped, for two persons: issued, passed on, refused, found."""
    office = _office()
    settings = RegistrarSettings.objects.create(
        municipality=office, signature_policy=SignaturePolicy.UPLOAD, postage_abroad_minor=850
    )
    order = sending.enter(
        Submission(
            municipality=office,
            settings=settings,
            items=[
                AskedItem(
                    kind, int(kind.register == Register.DEATHS), copies=1 + place % 2, language=language
                )
                for place, kind in enumerate(offer_of(settings).types)
            ],
            persons=[
                AskedPerson(relation="self", facts=FACTS | MARRIED),
                AskedPerson(relation="child", facts=DECEASED),
            ],
            applicant=APPLICANT,
            email="primjer@example.org",
            address=ADDRESS,
            delivery_method="post",
            language=language,
        )
    )
    _work(order)
    found = Order.objects.select_related("municipality__site", "municipality__registrar_settings")
    return found.get(pk=order.pk)


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
    office.document_types.update(fee_minor=500, active=True)
    return office


def _work(order: Order) -> None:
    entry = {"number": "1234", "book": "MKR Ljubija, knjiga XII, 1962, strana 44", "office": "Ljubija"}
    entry["remarks"] = "Zaključen brak 12. 5. 1985. u Stuttgartu, Njemačka."
    users = get_user_model()
    clerk = users.objects.create(**{users.USERNAME_FIELD: "ogledni-primjerak"})
    items = {item.document_type.code: item.pk for item in order.items.select_related("document_type")}
    actions.pass_on(order, user=clerk, item=items.pop("citizenship"), to="Kozarska Dubica")
    for code in ("household", "marital-status"):
        actions.refuse(order, user=clerk, item=items.pop(code), explanation=REASON)
    for item in items.values():
        actions.mark_found(order, user=clerk, item=item, act=entry)
    actions.record_payment(order, user=clerk, received_on=date(2026, 4, 1))
    actions.issue(order, user=clerk, item=items["birth"], blank_number="AB 0012345")
    actions.set_protocol_number(order, user=clerk, number="04-202-1234/26")
