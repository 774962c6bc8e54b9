"""Run inside the host: an editor, a page of the host's own kind, and one of each kind of the news room."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page
from wagtail.users.models import UserProfile

from tests.factories.remote import a_remote_item, a_source
from tests.factories.syndication import a_partner, a_picture, an_item
from tests.host.models import BlogPage
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.news.models import EventPage, GoodPracticePage, NewsIndexPage, NewsPage
from wagtail_diaspora.syndication import tokens
from wagtail_diaspora.syndication.actions import rounds
from wagtail_diaspora.syndication.models import Delivery, Partner

from .host import PASSWORD

WORDS = {"summary": "Ukratko, u jednoj rečenici.", "picture_credit": "Ogledni fotograf"}


def make() -> dict[str, object]:
    """Key of the host's page, and paths: of `pages` that anybody reads, and of the editor's `desk`."""
    office = Municipality.objects.get(code="primjer")
    root = office.site.root_page
    _make_editor(office, root)
    blog = root.add_child(
        instance=BlogPage(title="Most je otvoren", intro="Nakon obnove.", content="<p>Da.</p>")
    )
    index = root.add_child(instance=NewsIndexPage(title="Vijesti", introduction="<p>Šta je novo.</p>"))
    picture, topic = a_picture(), Topic.objects.first()
    now = timezone.now()
    kinds = [
        NewsPage(title="Stipendije", body=[("paragraph", "<p>Prijave do kraja mjeseca.</p>")], **WORDS),
        EventPage(title="Susret na rijeci", starts_at=now, place="Dom kulture", **WORDS),
        GoodPracticePage(title="Ulica za sve", problem="<p>Nije bilo puta.</p>", done="<p>Put.</p>", **WORDS),
    ]
    for page in kinds:
        page.picture, page.topics = picture, [topic]
        index.add_child(instance=page)
    for page in (blog, index, *kinds):
        page.save_revision().publish()
    pages = [page.get_url_parts()[2] for page in Page.objects.descendant_of(index, inclusive=True)]
    partner = a_partner(office)
    return {
        "blog": blog.pk,
        "pages": [*pages, "/diaspora/feeds/", *_partners_pages(office, kinds[0], partner)],
        "desk": [*_desk(office, partner), reverse("diaspora_newsdesk:page", args=[kinds[0].pk])],
    }


def _partners_pages(office: Municipality, page: Page, partner: Partner) -> list[str]:
    """What a newsroom sees without an account; an item that came back to us is in its ledger."""
    an_item(office, page)
    rounds.publish()
    rounds.tell()
    line = Delivery.objects.filter(partner=partner).first()
    back = {"state": "bounced", "sent_at": timezone.now(), "bounced_at": timezone.now()}
    Delivery.objects.filter(pk=line.pk).update(**back)
    token = tokens.partner_token(partner)
    receipt = {"token": token, "edition": line.edition_id}
    return [
        reverse("diaspora_syndication:newsroom", kwargs={"token": token}),
        reverse("diaspora_syndication:receipt", kwargs=receipt),
    ]


def _desk(office: Municipality, partner: Partner) -> list[str]:
    item = a_remote_item(a_source(office))
    names = ("partner", "remote_source", "remote_item")
    return [
        reverse("wagtailadmin_home"),
        reverse("diaspora_news_undecided"),
        reverse("diaspora_news_ledger"),
        *(reverse(f"diaspora_{name}:index") for name in names),
        reverse("diaspora_partner:add"),
        reverse("diaspora_partner:edit", args=[partner.pk]),
        reverse("diaspora_newsdesk:partner", args=[partner.pk]),
        reverse("diaspora_remote_item:edit", args=[item.pk]),
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
