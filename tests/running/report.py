"""Run inside the host: what is in the database, as JSON."""

import json
from collections import Counter

from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar.models import Draft, Order
from wagtail_diaspora.vault import files

SCRIPT = "from tests.running.report import report; report()"


def report() -> None:
    keys = Counter(key.rsplit(":", 1)[0] for key in Message.objects.values_list("key", flat=True))
    logged = Counter(MunicipalityLogEntry.objects.values_list("object_id", "action"))
    print(  # noqa: T201
        json.dumps(
            {
                "orders": [
                    {
                        "reference": order.reference,
                        "email": order.email,
                        "whole": order.items.count() == 1 and order.persons.count() == 1,
                        "mails": keys[f"order:{order.pk}:0:received"],
                        "logged": logged[str(order.pk), "diaspora_registrar.received"],
                        "found": logged[str(order.pk), "diaspora_registrar.found"],
                        "digests": order.digests.count() > 0,
                        "thread": [
                            [message.body, [bool(files.read(f.file)) for f in message.files.all()]]
                            for message in order.thread.all()
                        ],
                    }
                    for order in Order.objects.all()
                ],
                "sent_drafts": Draft.objects.exclude(sent_at=None).count(),
                "unsent_mails": Message.objects.exclude(state__in=("sent", "cancelled")).count(),
            }
        )
    )
