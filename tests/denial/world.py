"""What the denial table asks for: an office with one of everything, marked so that a leak is seen."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from tests.factories.joining import a_member, a_membership
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.registrar import FACTS, a_site, an_office, an_order
from tests.factories.remote import a_remote_item, a_source
from tests.factories.syndication import a_partner
from tests.host.models import BlogPage
from tests.registrar.citizen import picture
from wagtail_diaspora.bulletin.models import Contribution, Issue
from wagtail_diaspora.municipalities.models import Account, Closure, Holiday, Municipality, Topic
from wagtail_diaspora.news.models import EventPage
from wagtail_diaspora.outbox.models import Message
from wagtail_diaspora.registrar import models, tokens
from wagtail_diaspora.registrar.actions import drafts
from wagtail_diaspora.registrar.models.thread import FileKind
from wagtail_diaspora.syndication.actions import marking, passing, rounds
from wagtail_diaspora.syndication.models import (
    Change,
    Channel,
    Delivery,
    Edition,
    HubLine,
    Item,
    Member,
    Membership,
    Partner,
    RemoteItem,
    RemoteSource,
    Subscription,
    SyndicationSettings,
)
from wagtail_diaspora.vault import inspection

OWNED = (
    Municipality,
    Account,
    Holiday,
    Closure,
    Topic,
    models.RegistrarSettings,
    models.DocumentType,
    models.MessageTemplate,
    models.Order,
    models.Person,
    models.Correction,
    models.Item,
    models.Payment,
    models.ThreadMessage,
    models.Note,
    models.OrderFile,
    models.Paper,
    SyndicationSettings,
    Item,
    Edition,
    Change,
    RemoteSource,
    RemoteItem,
    Partner,
    Delivery,
    Subscription,
    Membership,
    Member,
    HubLine,
    Issue,
    Contribution,
)
TABLES = [model._meta.db_table for model in (*OWNED, models.Draft, Message)]
SECRETS = (
    *("Šućur", "Königstraße", "applicant@example.net", "1990570000000142", "Dan-tajne", "TAJNA-VRSTA"),
    *("Radio-tajno", "Vijest-tajna", "pretplatnik.example.net"),
)


@contextmanager
def writing():
    """The statements that write to what is ours: where there is none, its rows are the same."""
    written = []

    def note(execute, sql, params, many, context):
        if not sql.startswith("SELECT") and any(table in sql for table in TABLES):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


class World:
    """One office with one of everything, and the people who have no business there."""

    def __init__(self):
        self.office = an_office(site=a_site("one.example.org"))
        self.office.document_types.filter(code="citizenship").update(name={"bs": "TAJNA-VRSTA"}, active=False)
        self.kind = self.office.document_types.get(code="citizenship")
        self.order = an_order(self.office)
        self.template = models.MessageTemplate.objects.create(
            municipality=self.office, code="t", name={"bs": "Dan-tajne"}, body={"bs": "Dan-tajne"}
        )
        self.account = Account.objects.create(
            municipality=self.office, use="home", recipient="Grad", number="1990570000000142"
        )
        self.holiday = Holiday.objects.create(
            municipality=self.office, day=timezone.localdate(), name={"bs": "Dan-tajne"}
        )
        self.closure = Closure.objects.create(
            municipality=self.office,
            first_day=timezone.localdate(),
            last_day=timezone.localdate(),
            reason={"bs": "Dan-tajne"},
        )
        self.topic = Topic.objects.create(code="topic", name={"bs": "Tema za sve"})
        event = EventPage(
            title="Dan-tajne", summary="Dan-tajne", place="-", starts_at=timezone.now(), live=False
        )
        self.event = self.office.site.root_page.add_child(instance=event)
        self.source = a_source(
            self.office, name="Dan-tajne", state="asks", proposed_url="https://n.example.org/"
        )
        self.remote_item = a_remote_item(self.source, state="waiting", title="Dan-tajne")
        self.message = Message.objects.labelled(self.order.subject_key).first()
        secret, secret_hash = tokens.new_secret()
        answers = {"items": [], "persons": [{"relation": "self", "facts": FACTS}]}
        self.draft = drafts.begin(
            self.office, page=None, secret_hash=secret_hash, language="bs", network=b"", answers=answers
        )
        said = models.ThreadMessage.objects.create(order=self.order, body="Poruka-tajna", language="bs")
        self.file = self.file_of(FileKind.IDENTITY)
        self.given = self.file_of(FileKind.OFFICE, message=said)
        SyndicationSettings.objects.create(municipality=self.office, contact_phone="+38733999111")
        self.story = self.office.site.root_page.add_child(instance=BlogPage(title="Vijest za dijasporu"))
        item = marking.mark(self.story, municipality=self.office, user=None)
        rounds.publish()
        self.partner = a_partner(self.office, name="Radio-tajno")
        self.line = self.line_of(item)
        self.passed = self.passed_on()
        now = timezone.now()
        self.subscription = Subscription.objects.create(
            channel=item.editions.first().channel,
            path="kanal",
            callback="https://pretplatnik.example.net/x",
            callback_digest="x",
            network_digest=b"",
            state="active",
            began_at=now,
            lease_until=now + timedelta(days=1),
        )
        self.join(item)
        self.issue = Issue.objects.create(municipality=self.office, title={"bs": "Dan-tajne"})
        Contribution.objects.create(item=self.passed, issue=self.issue)

    def join(self, item):
        """The office has joined a hub, and by a second row it is a hub itself to which somebody asks."""
        now = timezone.now()
        row = a_membership(self.office, hub_name="Dan-tajne")
        HubLine.objects.create(
            membership=row,
            item=item,
            name="1",
            version=1,
            newsroom="Radio-tajno",
            title="Vijest-tajna",
            way="mail",
            kind="new",
            state="bounced",
            state_at=now,
            created_at=now,
        )
        self.network = MunicipalityFactory(code="network", kind="network", entity="")
        self.member = a_member(self.office, name="Dan-tajne", state="asks", invited_at=now)

    def line_of(self, item):
        channel = Channel.objects.get_or_create(municipality=self.office, language="de")[0]
        now = {"published_at": timezone.now(), "changed_at": timezone.now()}
        told = {"state": "embargoed", "number": 1, "version": 1, "content": {"title": "Vijest-tajna"}}
        edition = Edition.objects.create(
            item=item, channel=channel, language="de", page=self.story, **told, **now
        )
        line = {"version": 1, "number": 1, "kind": "embargoed", "way": "mail", "title": "Vijest-tajna"}
        return Delivery.objects.create(partner=self.partner, edition=edition, state="bounced", **line)

    def passed_on(self):
        """Somebody else's news, which a newsroom of the office has got."""
        RemoteSource.objects.filter(pk=self.source.pk).update(passed_on="yes")
        a_remote_item(self.source, 2)
        passing.pass_on(RemoteSource.objects.get(pk=self.source.pk))
        edition = Edition.objects.get(item__source=self.source)
        line = {"version": 1, "number": 1, "kind": "new", "way": "mail", "title": "Vijest-tajna"}
        Delivery.objects.create(partner=self.partner, edition=edition, state="bounced", **line)
        return edition.item

    def file_of(self, kind, **more):
        kept = inspection.keep(inspection.inspect(picture()), scope=self.office.scope)
        return models.OrderFile.objects.create(order=self.order, kind=kind, file=kept, **more)

    def decided(self):
        """What may be changed in bulk."""
        ours = (self.office.document_types, self.office.remote_sources, self.office.remote_items)
        return [list(rows.order_by("pk").values()) for rows in ours]

    def snapshot(self):
        rows = {model: list(model.objects.order_by("pk").values()) for model in OWNED}
        return rows, [draft.answers for draft in models.Draft.objects.all()]
