"""Run inside the host: a desk on which everything happened that a screen has a box or a colour for."""

import uuid
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests.factories.registrar import an_order
from wagtail_diaspora.municipalities.models import (
    Account,
    Closure,
    GroupMunicipalityPermission,
    Holiday,
    Municipality,
)
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import actions, proof
from wagtail_diaspora.registrar.models import Order

from .host import PASSWORD

OPEN = 44
OFFICE = ("diaspora_municipality", "diaspora_account", "diaspora_holiday", "diaspora_closure")
REGISTRAR = ("diaspora_document_type", "diaspora_message_template", "diaspora_registrar_settings")


def make() -> dict[str, list[str]]:
    """Where to look: paths of the `desk`, and of the `citizen`."""
    office = Municipality.objects.get(code="primjer")
    user = get_user_model().objects.create_superuser("web", "web@example.org", PASSWORD)
    UserProfile.objects.create(user=user, preferred_language="en")
    today = timezone.localdate()
    Closure.objects.create(municipality=office, first_day=today, last_day=today, reason={"bs": "Selidba"})
    Holiday.objects.create(municipality=office, day=today, name={"bs": "Dan grada"})
    Account.objects.create(municipality=office, use="home", recipient="Grad", number="1990570000000142")
    failed, untold = _failed(office), _untold(office, user)
    for _number in range(OPEN):
        an_order(office)
    Order.objects.filter(municipality=office).update(due_on=today - timedelta(days=1))
    desk = [*_cases(failed, untold), *_forms(office)]
    return {"desk": desk, "citizen": _citizen(untold)}


def _failed(office: Municipality) -> Order:
    order = an_order(office)
    Message.objects.labelled(order.subject_key).update(state="failed", last_error="mailbox-unknown")
    return order


def _untold(office: Municipality, user) -> Order:
    """Of somebody without e-mail; issued, and answered."""
    order = an_order(office, email="", channel="phone", user=user)
    item = order.items.get().pk
    actions.mark_found(order, user=user, item=item, act={"number": "12"})
    actions.record_payment(order, user=user, received_on=timezone.localdate(), document_number="55")
    actions.issue(order, user=user, item=item, blank_number="AB 1")
    actions.ask_applicant(order, user=user, key=uuid.uuid4(), body="Kada dolazite?")
    actions.answer(order, key=uuid.uuid4(), body="U ponedjeljak.")
    actions.add_note(order, user=user, key=uuid.uuid4(), body="Nazvati poslije podne.")
    actions.correct_phone(order, user=user, phone="+4971199999")
    return order


def _cases(failed: Order, untold: Order) -> list[str]:
    def step(name: str) -> str:
        return reverse("diaspora_desk:step", args=[failed.pk, name])

    item = f"?item={failed.items.get().pk}"
    queue = reverse("diaspora_desk:queue")
    return [
        reverse("wagtailadmin_home"),
        f"{queue}?due=overdue&channel=web",
        *(reverse("diaspora_desk:case", args=[order.pk]) for order in (failed, untold)),
        step("found") + item,
        step("refuse") + item,
        step("ask"),
        step("assign"),
        reverse("diaspora_desk:person", args=[failed.pk, 1]),
        reverse("diaspora_access"),
        reverse("diaspora_registrar_pages"),
    ]


def _forms(office: Municipality) -> list[str]:
    group = GroupMunicipalityPermission.objects.filter(municipality=office).first().group
    forms = [reverse("wagtailusers_groups:edit", args=[group.pk])]
    for name in (*OFFICE, *REGISTRAR):
        forms.append(reverse(f"{name}:index"))
        if name not in ("diaspora_municipality", "diaspora_registrar_settings"):
            forms.append(reverse(f"{name}:add"))
    forms.append(reverse("diaspora_municipality:edit", args=[office.pk]))
    forms.append(reverse("diaspora_registrar_settings:edit", args=[office.registrar_settings.pk]))
    kind, template = office.document_types.first(), office.message_templates.first()
    forms.append(reverse("diaspora_document_type:edit", args=[kind.pk]))
    forms.append(reverse("diaspora_message_template:edit", args=[template.pk]))
    bulk = reverse("wagtail_bulk_action", args=["diaspora_registrar", "documenttype", "offer"])
    return [*forms, f"{bulk}?id={kind.pk}"]


def _citizen(order: Order) -> list[str]:
    code = proof.grouped(order.papers.get().code)
    names = ("new_order", "lost_link", "proof_form")
    paths = [reverse(f"diaspora_registrar:{name}") for name in names]
    paths += [reverse("diaspora_registrar:proof", args=[each]) for each in (code, "AAAA-BBBB-CCCC")]
    paths += [
        reverse(f"diaspora_registrar:{name}", args=["x"]) for name in ("open_case", "resume", "confirm_email")
    ]
    gone = [reverse(f"diaspora_registrar:{name}", args=[uuid.uuid4()]) for name in ("documents", "case")]
    return [*paths, *gone, reverse("diaspora_registrar:blank", args=["birth"])]
