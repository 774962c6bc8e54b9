"""Run inside the host: an editor, a page of the host's own kind, and one of each kind of the news room."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Site
from wagtail.users.models import UserProfile

from tests.factories.syndication import a_picture
from tests.host.models import BlogPage
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.news.models import EventPage, GoodPracticePage, NewsIndexPage, NewsPage

from .host import PASSWORD

WORDS = {"summary": "Ukratko, u jednoj rečenici.", "picture_credit": "Ogledni fotograf"}


def make() -> dict[str, object]:
    """Key of the host's page, and paths of the `pages` that citizens read."""
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
    site = Site.objects.get(pk=office.site_id)
    pages = [page.get_url_parts()[2] for page in Page.objects.descendant_of(index, inclusive=True)]
    return {"blog": blog.pk, "pages": [*pages, "/diaspora/feeds/"], "site": site.root_url}


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
