"""A town with one of everything that the screens show, named in the language and script of the reader."""

from datetime import timedelta

from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    Comment,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    Site,
    Task,
    Workflow,
)
from wagtail.users.models import UserProfile

from tests.factories.registrar import an_order
from tests.host.models import HomePage
from wagtail_diaspora.bulletin.models import Issue
from wagtail_diaspora.municipalities.models import Account, Closure, Holiday, Municipality, Topic
from wagtail_diaspora.news import models as news
from wagtail_diaspora.registrar.models import RegistrarPage
from wagtail_diaspora.scripts import to_cyrillic

PAGES = ("add", "bulk_delete", "change", "lock", "publish", "unlock")
FILES = ("add", "change", "choose", "delete")


class World:
    def __init__(self, language: str):
        self.language = language
        with translation.override(language):
            self.site = self.make_site()
            self.make_pages()
            self.make_files()
            self.make_office()
            self.make_news()

    def name(self, text: str) -> str:
        return to_cyrillic(text) if self.language == "sr" else text

    def make_site(self) -> Site:
        Group.objects.all().delete()
        Workflow.objects.update(name=self.name("Odobrenje urednika"))
        Task.objects.update(name=self.name("Odobrenje urednika"))
        root = Page.get_first_root_node() or Page.add_root(instance=Page(title="-", slug="root"))
        root.title = root.draft_title = self.name("Stablo")
        root.save()
        Site.objects.all().delete()
        root.get_children().delete()
        self.home = root.add_child(instance=HomePage(title=self.name("Naslovna"), slug="home"))
        return Site.objects.create(
            hostname="testserver", root_page=self.home, is_default_site=True, site_name=self.name("Grad")
        )

    def make_pages(self) -> None:
        self.root_user = self.user("uprava", is_superuser=True)
        self.home.save_revision(user=self.root_user).publish()
        self.news = self.child("Vijesti")
        self.news.title = self.name("Nove vijesti")
        self.news.save_revision(user=self.root_user)
        self.child("Kopija").create_alias(update_slug="alias", parent=self.home)
        locked = self.child("Zaključana")
        locked.locked, locked.locked_by, locked.locked_at = True, self.root_user, timezone.now()
        locked.save()
        planned = self.child("Zakazana", live=False)
        planned.go_live_at = timezone.now() + timedelta(days=3)
        planned.expire_at = timezone.now() + timedelta(days=9)
        planned.save_revision(user=self.root_user).publish()
        PageViewRestriction.objects.create(page=self.child("Privatna"), restriction_type="login")
        Comment.objects.create(
            page=self.news, user=self.root_user, text=self.name("Provjeriti"), contentpath="title"
        )

    def child(self, title: str, **fields) -> HomePage:
        page = self.home.add_child(instance=HomePage(title=self.name(title), **fields))
        page.save_revision(user=self.root_user)
        return page

    def make_files(self) -> None:
        Collection.get_first_root_node().add_child(instance=Collection(name=self.name("Fotografije")))
        title = self.name("Most")
        self.image = Image.objects.create(title=title, file=get_test_image_file("most.png"))
        self.document = Document.objects.create(title=title, file=ContentFile(b"%PDF-", "most.pdf"))
        for made in (self.image, self.document):
            made.tags.add(self.name("grad"))

    def make_office(self) -> None:
        setup = {"under": str(self.home.pk), "name": "Grad Primjer", "entity": "rs", "email": "m@example.org"}
        call_command("diaspora_setup", municipality="primjer", verbosity=0, stdout=Silent(), **setup)
        self.office = Municipality.objects.get()
        self.page = RegistrarPage.objects.get()
        self.order = an_order(self.office)
        day = timezone.localdate()
        text = {self.language: self.name("Praznik grada")}
        Holiday.objects.create(municipality=self.office, day=day, name=text)
        Closure.objects.create(municipality=self.office, first_day=day, last_day=day, reason=text)
        account = {"use": "home", "recipient": self.name("Grad"), "number": "1990570000000142"}
        Account.objects.create(municipality=self.office, **account)

    def make_news(self) -> None:
        day, words = timezone.now() + timedelta(days=3), {"summary": self.name("Kratko")}
        listed = news.NewsIndexPage(title=self.name("Pregled"), slug="pregled")
        self.pieces = [self.home.add_child(instance=listed)]
        told = {name: f"<p>{self.name('Tekst')}</p>" for name in ("problem", "done", "result")}
        video = {"title": self.name("Film"), "url": "https://1.2.3.4/", "poster": None, "length": ""}
        for page in (
            news.NewsPage(title=self.name("Vijest"), body=[("video", video)], audio=self.document, **words),
            news.EventPage(
                title=self.name("Susret"), starts_at=day, ends_at=day, place=self.name("Dom"), **words
            ),
            news.GoodPracticePage(
                title=self.name("Uzor"), cost="1", partners="1", contact="1", **told, **words
            ),
        ):
            page.picture, page.picture_credit = self.image, self.name("Autor")
            page.topics = Topic.objects.all()
            self.pieces.append(listed.add_child(instance=page))
            page.save_revision(user=self.root_user).publish()
        Issue.objects.create(municipality=self.office, title={self.language: self.name("Jesen")})
        page.followers = [news.Follower(name=self.name("Grad"))]
        page.save()

    def user(self, username: str, *groups: Group, **fields) -> User:
        user = User.objects.create(username=self.name(username), **fields)
        user.groups.set(groups)
        UserProfile.objects.create(user=user, preferred_language=self.language)
        return user

    def administrator(self) -> User:
        return self.root_user

    def head_of_office(self) -> User:
        head = Group.objects.get(municipality_permissions__permission__codename="erase_order")
        head.permissions.add(Permission.objects.get(codename="access_admin"))
        return self.user("matic", head)

    def editor(self) -> User:
        group = Group.objects.create(name=self.name("Urednici"))
        allowed = Permission.objects.filter(codename="access_admin")
        group.permissions.set(allowed)
        models = {"wagtailcore.page": PAGES, "wagtailimages.image": FILES, "wagtaildocs.document": FILES}
        for model, verbs in models.items():
            app, _dot, name = model.partition(".")
            for verb in verbs:
                permission = Permission.objects.get(content_type__app_label=app, codename=f"{verb}_{name}")
                if name == "page":
                    GroupPagePermission.objects.create(group=group, page=self.home, permission=permission)
                else:
                    root = Collection.get_first_root_node()
                    GroupCollectionPermission.objects.create(
                        group=group, collection=root, permission=permission
                    )
        user = self.user("urednik", group)
        workflow = Workflow.objects.first()
        if workflow:
            Task.objects.first().specific.groups.set([group])
            workflow.start(self.news, user)
        return user


class Silent:
    def write(self, text: str) -> None:
        pass

    def flush(self) -> None:
        pass


def logged_in(user: User) -> Client:
    """Whose browser asks for public pages in the language of their account."""
    client = Client(headers={"accept-language": user.wagtail_userprofile.preferred_language})
    client.force_login(user)
    return client
