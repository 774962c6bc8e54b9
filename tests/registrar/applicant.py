"""An applicant after sending: a browser with the order's link, and eyes on the mailbox."""

import re

from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import links, search, tokens
from wagtail_diaspora.registrar.models import SearchDigest


class Applicant:
    """A browser with the order's link, and eyes on the mailbox."""

    def __init__(self, client, order):
        self.client, self.order = client, order
        self.open()

    def open(self):
        self.order.refresh_from_db()
        self.client.get(links.address("open_case", token=tokens.tracking_token(self.order)))

    def url(self, name, **keys):
        return links.address(name, order=self.order.pk, **keys)

    def code(self, name):
        self.client.post(self.url(name))
        return re.search(r"\b\d{6}\b", mails(":code:")[-1].payload["text"])[0]

    def unlocked(self):
        answer = self.client.post(self.url("change"), {"code": self.code("change")})
        assert answer.status_code == 302
        return self

    def get(self, name, **keys):
        return self.client.get(self.url(name, **keys)).content.decode()

    def post(self, name, data, **keys):
        return self.client.post(self.url(name, **keys), data)


def mails(part):
    return list(Message.objects.filter(key__contains=part).order_by("ordinal"))


def found(office, kind, words):
    digests = [digest for word in search.digests_for(kind, words) for digest in word]
    return SearchDigest.objects.filter(municipality=office, kind=kind, digest__in=digests).exists()
