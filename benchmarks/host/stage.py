"""What P1, P2 and P3 ask of the host's database, each a process: `make PORT`, `drafts N`, `pages`,
`all-done N M`, and the verbs of `news`.

`drafts` and `pages` print what a browser would hold, as JSON.
"""

import io
import json
import sys
from collections import Counter
from datetime import date
from uuid import uuid4

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from PIL import Image  # noqa: E402
from wagtail.contrib.forms.models import FormSubmission  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from benchmarks.host import news  # noqa: E402
from benchmarks.host.models import FormField, FormPage  # noqa: E402
from tests.running.office import make as make_office  # noqa: E402
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry  # noqa: E402
from wagtail_diaspora.outbox.models import Message  # noqa: E402
from wagtail_diaspora.registrar import actions, links, tokens  # noqa: E402
from wagtail_diaspora.registrar.actions import sending  # noqa: E402
from wagtail_diaspora.registrar.flow import Flow  # noqa: E402
from wagtail_diaspora.registrar.models import Draft, Item, Order, OrderFile, Person, SearchDigest  # noqa: E402
from wagtail_diaspora.vault import files  # noqa: E402

FIELDS = [
    ("Dokument", "dropdown", "Izvod iz MK rođenih, Izvod na međunarodnom obrascu, Uvjerenje o državljanstvu"),
    ("Primjeraka", "number", ""),
    ("Ime", "singleline", ""),
    ("Prezime", "singleline", ""),
    ("Spol", "radio", "Ženski, Muški"),
    ("Datum", "date", ""),
    ("Mjesto", "singleline", ""),
    ("Otac", "singleline", ""),
    ("Posta", "email", ""),
    ("Telefon", "singleline", ""),
    ("Adresa", "multiline", ""),
    ("Izjava", "checkbox", ""),
]
PERSON = {
    "relation": "parent",
    "family_name": "Šućur-Đukić",
    "forenames": "Ана Марија",
    "sex": "F",
    "date_of_birth": "1. 4. 1962.",
    "place_of_birth": "Љубија",
    "father_name": "Đorđe",
    "mother_name": "Žana O’Neill",
}
YOU = {
    "forenames": "Đorđe",
    "family_name": "Šućur",
    "country": "DE",
    "email": "djordje@example.net",
    "phone": "0711 12345",
    "purpose": "school",
}
DELIVERY = {
    "method": "post",
    "name": "Đorđe Šućur",
    "lines": "Königstraße 1",
    "postcode": "70173",
    "city": "Stuttgart",
    "country": "DE",
}


def make(port: int) -> None:
    """An office with its page, as `diaspora_setup` makes them, and the peer's page beside it."""
    make_office(port)
    page = FormPage(title="Narudžba", slug="narudzba")
    for label, kind, choices in FIELDS:
        page.form_fields.add(FormField(label=label, field_type=kind, choices=choices))
    Site.objects.get().root_page.add_child(instance=page)
    fill_in()


def fill_in() -> None:
    """The draft that the others are copied from, over the real URLs."""
    site = Site.objects.get()
    browser = Client(headers={"host": f"{site.hostname}:{site.port}"})
    browser.post(links.address("new_order"), {"type": "birth", "language": "sr", "copies": "1"})
    draft = Draft.objects.earliest("created_at")

    def answer(step: str, answers: dict, **number: int) -> None:
        response = browser.post(links.address(step, draft=draft.pk, **number), answers)
        assert response.status_code == 302, response.content.decode()

    answer("person", PERSON, number=0)
    answer("item", {"type": "citizenship", "language": "sr", "copies": "2", "person": "0"}, number=1)
    answer("item", {"type": "birth", "language": "bs", "copies": "1", "person": "new"}, number=2)
    answer("person", PERSON | {"forenames": "Boris", "sex": "M"}, number=1)
    answer("you", YOU)
    answer("delivery", DELIVERY)
    answer("identity", {"files": [picture()], "papers": [picture()]})


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(out, "JPEG")
    out.seek(0)
    out.name = "pasos.jpg"
    return out


@transaction.atomic
def drafts(count: int) -> list[tuple[str, str, str]]:
    """Of each copy: the address of its last step, the cookie's secret, and the terms to agree to."""
    first = Draft.objects.earliest("created_at")
    secrets = [tokens.new_secret() for _ in range(count)]
    copies = [copy_of(first, secret_hash) for _secret, secret_hash in secrets]
    Draft.objects.bulk_create(copies)
    attach(first, copies)
    terms, pairs = flow_of(first).terms, zip(copies, secrets, strict=True)
    return [(links.address("check", draft=copy.pk), secret, terms) for copy, (secret, _hash) in pairs]


def flow_of(draft: Draft) -> Flow:
    return Flow(draft.municipality, draft.municipality.registrar_settings, draft.answers)


def copy_of(draft: Draft, secret_hash: str) -> Draft:
    same = ("municipality", "page", "language", "answers", "network_digest", "expires_at", "version")
    return Draft(secret_hash=secret_hash, **{name: getattr(draft, name) for name in same})


def attach(first: Draft, copies: list[Draft]) -> None:
    """The identity document and the paper that shows the kinship, inspected once, stored for each."""
    for row in first.files.select_related("file"):
        facts = {name: getattr(row.file, name) for name in ("scope", "name", "content_type", "state")}
        content = files.read(row.file)
        OrderFile.objects.bulk_create(
            OrderFile(draft=copy, kind=row.kind, file=files.store(content, **facts)) for copy in copies
        )


def pages() -> dict[str, tuple[str, str, str]]:
    """Address, words on the page, and cookie: of what P2 asks for, and of its peer."""
    site, order = Site.objects.get(), worked_on()
    registrar, peer = (Page.objects.get(content_type__model=m) for m in ("registrarpage", "formpage"))
    assert registrar.depth == peer.depth
    [(check, secret, _terms)] = drafts(1)
    case, token = links.address("case", order=order.pk), tokens.tracking_token(order)
    return {
        "registrar page": (registrar.relative_url(site), "diaspora-prices", ""),
        "step": (check.replace("/check/", "/person/0/"), "Šućur-Đukić", f"diaspora_draft_secret={secret}"),
        "tracking page": (case, order.reference, f"diaspora_case_token={token}"),
        "peer": (peer.relative_url(site), "Narudžba", ""),
    }


def worked_on() -> Order:
    """Three documents: two found and paid, one passed on; a question was asked."""
    draft = Draft.objects.earliest("created_at")
    copy = copy_of(draft, "")
    copy.save(force_insert=True)
    order = sending.send(copy, flow_of(draft).submission(language="bs", page_id=None), files=False)
    clerk = get_user_model().objects.get()
    *found, last = order.items.all()
    for item in found:
        actions.mark_found(order, user=clerk, item=item.pk, act={"number": "12"})
    actions.pass_on(order, user=clerk, item=last.pk, to="Kozarska Dubica")
    actions.write_to_applicant(order, user=clerk, key=uuid4(), body="Pišite nam slobodno.")
    actions.record_payment(order, user=clerk, received_on=date(2026, 4, 1))
    return order


def all_done(sent: int, submitted: int) -> None:
    """That each of the two did it so many times, and ours with all that belongs to an order."""
    orders = list(Order.objects.all())
    parts = [(Item, "order", 3), (Person, "order", 2), (OrderFile, "order", 2)]
    parts += [(Message, "related_label", 2), (MunicipalityLogEntry, "object_id", 1)]
    for model, column, each in parts:
        found = Counter(map(str, model.objects.values_list(column, flat=True)))
        short = [o for o in orders if found[o.subject_key if model is Message else str(o.pk)] != each]
        assert not short, f"{len(short)} orders do not have {each} rows of {model.__name__}."
    assert SearchDigest.objects.values("order").distinct().count() == len(orders)
    done = (len(orders), FormSubmission.objects.count())
    assert done == (sent, submitted), f"Not all was done: {done} orders and submissions."


def main(verb: str, *numbers: str) -> None:
    verbs = {"make": make, "drafts": drafts, "pages": pages, "all-done": all_done, **news.VERBS}
    print(json.dumps(verbs[verb](*map(int, numbers))))


if __name__ == "__main__":
    main(*sys.argv[1:])
