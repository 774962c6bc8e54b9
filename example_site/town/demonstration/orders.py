"""Orders of invented people, each at another step."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.actions import sending
from wagtail_diaspora.registrar.actions.sending import AskedItem, AskedPerson, Submission
from wagtail_diaspora.registrar.offer import offer_of

PEOPLE = [
    ("Probni", "Čedo", "1962-04-01"),
    ("Ogledna", "Đurđa", "1985-11-23"),
    ("Primjerić", "Žana Ljubica", "2014-02-09"),
    ("Uzorković", "Šefik", "1971-07-30"),
]


def make(office: Municipality) -> None:
    clerk = get_user_model().objects.get(username=f"{office.code}-maticar")
    for number, (family_name, forenames, born) in enumerate(PEOPLE):
        order = sending.enter(submission(office, family_name, forenames, born))
        if number == 0:
            continue
        item = order.items.get()
        entry = {"number": str(100 + number), "book": "Ogledna knjiga, 1985", "office": "Primjer"}
        actions.mark_found(order, user=clerk, item=item.pk, act=entry)
        if number == 1:
            continue
        actions.record_payment(order, user=clerk, received_on=timezone.localdate() - timedelta(days=1))
        if number == 3:
            actions.issue(order, user=clerk, item=item.pk, blank_number="OGLED 0001")
            actions.dispatch(order, user=clerk, items=[item.pk], tracking_number="RR000000000BA")


def submission(office: Municipality, family_name: str, forenames: str, born: str) -> Submission:
    kind = offer_of(office.registrar_settings).get("birth")
    facts = {
        "family_name": family_name,
        "forenames": forenames,
        "sex": "M" if forenames in ("Čedo", "Šefik") else "F",
        "date_of_birth": born,
        "place_of_birth": "Primjer",
        "father_name": "Ogledni Otac",
        "mother_name": "Ogledna Majka",
    }
    return Submission(
        municipality=office,
        settings=office.registrar_settings,
        items=[AskedItem(type=kind, person=0, copies=1, language="bs")],
        persons=[AskedPerson(relation="self", facts=facts)],
        applicant={
            "forenames": forenames,
            "family_name": family_name,
            "country": "DE",
            "purpose": "passport",
        },
        email=f"{office.code}@applicant.example.net",
        address={
            "name": f"{forenames} {family_name}",
            "lines": "Musterstraße 1",
            "postcode": "70173",
            "city": "Stuttgart",
            "country": "DE",
        },
        delivery_method="post",
        language="bs",
    )
