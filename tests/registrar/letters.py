"""A letter, as a clerk enters it."""

import uuid
from datetime import timedelta

from django.utils import timezone

ENTER = "/admin/diaspora/orders/enter/"
ADD = "diaspora_registrar.add_order"


def letter(**changes):
    """A letter from Malmö, by which a man asks for his own birth extract."""
    typed = {
        "key": str(uuid.uuid4()),
        "count": "1",
        "asked": "0:birth",
        "arrival-channel": "post",
        "arrival-received_on": in_words(timezone.localdate() - timedelta(days=3)),
        "arrival-protocol_number": "03-12-55/26",
        "arrival-language": "de",
        "item-0-type": "birth",
        "item-0-language": "bs",
        "item-0-copies": "2",
        "item-0-person": "0",
        "person-0-relation": "self",
        "person-0-family_name": "Šućur",
        "person-0-forenames": "Čedomir",
        "person-0-date_of_birth": "1.4.1962.",
        "applicant-country": "SE",
        "applicant-purpose": "pension",
        "delivery-method": "post",
        "delivery-lines": "Storgatan 1",
        "delivery-postcode": "211 42",
        "delivery-city": "Malmö",
        "do": "enter",
    }
    return typed | changes


def in_words(day):
    return f"{day.day}.{day.month}.{day.year}."
