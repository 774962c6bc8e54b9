"""Run inside the host: an editor, a page of the host's own kind, one of each kind of the news room, a hub."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page
from wagtail.users.models import UserProfile

from tests.factories.joining import a_hub_line, a_member, a_membership
from tests.factories.remote import a_remote_item, a_source
from tests.factories.syndication import a_hub, a_partner, a_picture, an_item
from tests.host.models import BlogPage
from wagtail_diaspora.bulletin.actions import proposals, publishing
from wagtail_diaspora.bulletin.models import Issue
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.news.models import EventPage, GoodPracticePage, NewsIndexPage, NewsPage
from wagtail_diaspora.syndication import tokens
from wagtail_diaspora.syndication.actions import invitations, rounds
from wagtail_diaspora.syndication.models import Channel, Delivery, Item, Member, Partner, Subscription

from .host import PASSWORD

EXAMPLES = ("Ulica za sve", "Karta radnih mjesta", "Čitanka za djecu iz svijeta", "Zajednička kuhinja")
OPEN = [
    "/blocks/",
    "/diaspora/feeds/",
    "/diaspora/good-practice/",
    "/diaspora/good-practice/?words=nema",
    "/diaspora/join/mreza/",
    "/diaspora/bulletin/",
    "/diaspora/bulletin/1/",
]
DAY = timedelta(days=1)
WORDS = {"summary": "Ukratko, u jednoj rečenici.", "picture_credit": "Ogledni fotograf"}


def make() -> dict[str, object]:
    """Key of the host's page, which is a draft, and paths: of `pages` that anybody reads, of the editor's
    `desk`, and of the `hub` and what its administrator sees."""
    office = Municipality.objects.get(code="primjer")
    root = office.site.root_page
    _make_editor(office, root)
    blog = root.add_child(
        instance=BlogPage(title="Most", live=False, intro="Nakon obnove.", content="<p>Da.</p>")
    )
    index = root.add_child(instance=NewsIndexPage(title="Vijesti", introduction="<p>Šta je novo.</p>"))
    picture, topic = a_picture(), Topic.objects.first()
    now = timezone.now()
    kinds = [
        NewsPage(title="Stipendije", body=[("paragraph", "<p>Prijave do kraja mjeseca.</p>")], **WORDS),
        EventPage(title="Susret na rijeci", starts_at=now, place="Dom kulture", **WORDS),
        *(
            GoodPracticePage(title=title, problem="<p>Nije bilo puta.</p>", done="<p>Put.</p>", **WORDS)
            for title in EXAMPLES
        ),
    ]
    for page in kinds:
        page.picture, page.topics = picture, [topic]
        index.add_child(instance=page)
    for page in (index, *kinds):
        page.save_revision().publish()
    pages = [page.get_url_parts()[2] for page in Page.objects.descendant_of(index, inclusive=True)]
    partner, hub = a_partner(office), a_hub("mreza.localhost")
    theirs = _partners_pages(office, kinds, partner)
    member = a_member(hub)
    invitations.invite(member, user=None)
    desk = _desk(office, partner)
    return {
        "blog": blog.pk,
        "pages": [*pages, *OPEN, *theirs, _path("invitation", token=tokens.invitation_token(member))],
        "desk": [
            *desk,
            *_bulletin(office),
            *(reverse("diaspora_newsdesk:page", args=[page.pk]) for page in (kinds[0], kinds[-1])),
        ],
        "hub": _hub(hub, member),
    }


def _hub(hub: Municipality, invited: Member) -> list[str]:
    """Its members in every state, what it passed on, and who subscribes to a feed."""
    get_user_model().objects.create_superuser("mreza", "mreza@example.org", PASSWORD)
    joined = a_member(hub, state="joined", confirmed_at=timezone.now(), token_hash="x")
    asking = a_member(hub, state="asks", site_url="https://grad.example.org")
    a_remote_item(a_source(hub, "https://treci.example.org/feed", rule="at_once"), number=3)
    rounds.compare()
    channel, now = Channel.objects.get(municipality=hub), timezone.now()
    active = {"state": "active", "began_at": now, "failing_since": now, "lease_until": now + DAY}
    facts = {"path": "mreza/bs/all/atom.xml", "callback": "https://citac.example.org/", "network_digest": b""}
    subscription = Subscription.objects.create(channel=channel, **facts, **active)
    members = [reverse("diaspora_newsdesk:member", args=[one.pk]) for one in (invited, joined, asking)]
    return [
        reverse("wagtailadmin_home"),
        reverse("diaspora_member:index"),
        reverse("diaspora_member:add"),
        *members,
        reverse("diaspora_remote_source:index"),
        reverse("diaspora_remote_source:add"),
        reverse("diaspora_newsdesk:passed", args=[Item.objects.get(municipality=hub).pk]),
        reverse("diaspora_news_subscribers"),
        reverse("diaspora_newsdesk:subscriber", args=[subscription.pk]),
    ]


def _partners_pages(office: Municipality, pages: list[Page], partner: Partner) -> list[str]:
    """What a newsroom sees without an account. Of what is in its ledger, an item came back to us, and others
    were put aside."""
    for page in pages:
        an_item(office, page)
    rounds.publish()
    rounds.tell()
    lines = Delivery.objects.filter(partner=partner).order_by("pk")
    line = lines.get(edition__page=pages[0])
    lines.exclude(pk=line.pk).update(state="aside")
    back = {"state": "bounced", "sent_at": timezone.now(), "bounced_at": timezone.now()}
    Delivery.objects.filter(pk=line.pk).update(**back)
    token = tokens.partner_token(partner)
    receipt = {"token": token, "edition": line.edition_id, "version": line.version}
    return [
        _path("newsroom", token=token),
        _path("receipt", **receipt),
    ]


def _path(name: str, **kwargs: object) -> str:
    return reverse(f"diaspora_syndication:{name}", kwargs=kwargs)


def _desk(office: Municipality, partner: Partner) -> list[str]:
    item = a_remote_item(a_source(office))
    silent = timezone.now() - 2 * DAY
    membership = a_membership(office, last_heard_at=silent)
    a_hub_line(membership, Item.objects.filter(municipality=office).first(), state="bounced")
    names = ("partner", "remote_item")
    return [
        reverse("wagtailadmin_home"),
        reverse("diaspora_news_undecided"),
        reverse("diaspora_news_ledger"),
        reverse("diaspora_news_hub_ledger"),
        reverse("diaspora_newsdesk:aside"),
        reverse("diaspora_newsdesk:hub", args=[office.pk]),
        *(reverse(f"diaspora_{name}:index") for name in names),
        reverse("diaspora_partner:add"),
        reverse("diaspora_partner:edit", args=[partner.pk]),
        reverse("diaspora_newsdesk:partner", args=[partner.pk]),
        reverse("diaspora_remote_item:edit", args=[item.pk]),
    ]


def _bulletin(office: Municipality) -> list[str]:
    """An issue that people read, and one that is being put together: taken, proposed, and passed over."""
    published, draft = (
        Issue.objects.create(municipality=office, title={"bs": title}) for title in ("Proljeće", "Jesen")
    )
    first, second, third, _proposed = (one.item_id for one in proposals.proposed_to(office, "bs"))
    proposals.take(published, [first], user=None)
    publishing.publish(published, user=None)
    proposals.take(draft, [second], user=None)
    proposals.pass_over(office, [third], user=None)
    desk = [reverse("diaspora_bulletindesk:issue", args=[one.pk]) for one in (published, draft)]
    return [
        reverse("diaspora_issue:index"),
        reverse("diaspora_issue:add"),
        *desk,
        f"{desk[1]}?passed=1",
        reverse("diaspora_bulletindesk:publish", args=[draft.pk]),
    ]


def _make_editor(office: Municipality, root: Page) -> None:
    user = get_user_model().objects.create_user("urednik", "urednik@example.org", PASSWORD)
    UserProfile.objects.create(user=user, preferred_language="en")
    group = Group.objects.get(
        municipality_permissions__permission__codename="change_item", name__contains="urednik"
    )
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    user.groups.add(group)
