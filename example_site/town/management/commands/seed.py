"""The demonstration's sites, people and orders. All of them are invented."""

from collections.abc import Iterable
from io import StringIO

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page, Site

from town.demonstration import emblem, network, news, orders
from town.models import ContentPage, HomePage
from wagtail_diaspora.municipalities.models import Account, Holiday, Municipality
from wagtail_diaspora.registrar.models import RegistrarPage

PASSWORD = "dijaspora-demo"
ROLES = {"maticar": "clerk", "sef": "head of office", "urednik": "editor", "admin": "web administrator"}
TOWNS = {
    "prijedor": {
        "name": "Grad Prijedor",
        "kind": "grad",
        "entity": "rs",
        "office": "Matična služba",
        "address": "Trg primjera 1\n79101 Prijedor",
        "fees": {"national": 500, "multilingual": 2000},
        "motto": "Ogledna gradska stranica s virtuelnim matičarem",
    },
    "sanski-most": {
        "name": "Općina Sanski Most",
        "kind": "opcina",
        "entity": "fbih",
        "office": "Matični ured",
        "address": "Ulica primjera 5\n79260 Sanski Most",
        "fees": {"national": 500, "multilingual": 1000},
        "motto": "Ogledna općinska stranica: izvod poštom",
    },
}
HOLIDAYS = [
    ((1, 1), "Nova godina"),
    ((1, 2), "Nova godina"),
    ((5, 1), "Praznik rada"),
    ((5, 2), "Praznik rada"),
]
SERVICES = {
    "O nama": "Ko radi ovdje i kako nas naći.",
    "Kontakt": "Adresa, telefon i radno vrijeme.",
}


class Command(BaseCommand):
    help = "Make the demonstration's three sites, once; each start sets their port."

    def handle(self, *args, **options):
        if not Site.objects.filter(hostname="hub.localhost").exists():
            self.stdout.write("Making the demonstration (once, about fifteen seconds) …")
            with transaction.atomic():
                self.make()
        Site.objects.update(port=settings.PORT)
        network.follow_port()
        if not network.is_met():
            network.meet(TOWNS)
        self.tell()

    def make(self) -> None:
        locale, _new = Locale.objects.get_or_create(language_code="bs")
        root = Page.objects.get(depth=1)
        for page in Page.objects.filter(depth=2):
            page.delete()
        root = Page.objects.get(pk=root.pk)
        Site.objects.all().delete()
        for code, town in TOWNS.items():
            self.make_town(root, code, town)
        hub = root.add_child(
            instance=HomePage(
                title="Mreža općina i gradova",
                slug="hub",
                motto="Općine i gradovi Bosne i Hercegovine za svoje građane u svijetu",
                introduction="<p>Ogledna stranica mreže. Odavde se ide na stranice općina i gradova.</p>",
                locale=locale,
                blocks=[("others", {"heading": "Iz općina i gradova", "count": 6, "topic": ""})],
            )
        )
        Site.objects.create(
            hostname="hub.localhost", site_name="Mreža (demo)", root_page=hub, port=settings.PORT
        )
        links = "".join(
            f'<li><a href="http://{code}.localhost:{settings.PORT}/">{town["name"]}</a></li>'
            for code, town in TOWNS.items()
        )
        hub.add_child(
            instance=ContentPage(title="Općine i gradovi", body=f"<ul>{links}</ul>", show_in_menus=True)
        )
        groups = self.groups_of(network.make(hub), ("urednik", "admin"))
        self.make_user("hub-urednik", groups["urednik"], self.make_editors(hub, "Mreža"))
        self.make_user("hub-admin", groups["admin"], self.make_editors(hub, "Mreža: web", "change_site"))
        get_user_model().objects.create_superuser("admin", "admin@example.org", PASSWORD)

    def make_town(self, root: Page, code: str, town: dict) -> None:
        home = root.add_child(
            instance=HomePage(
                title=town["name"],
                slug=code,
                motto=town["motto"],
                introduction="<p>Dobro došli na oglednu stranicu. Osobe, računi i vijesti su izmišljeni.</p>",
                blocks=[("order", {"heading": "Dokumenti bez dolaska", "text": "", "count": 3})],
            )
        )
        Site.objects.create(
            hostname=f"{code}.localhost",
            site_name=f"{town['name']} (demo)",
            root_page=home,
            is_default_site=code == "prijedor",
            port=settings.PORT,
        )
        call_command(
            "diaspora_setup",
            municipality=code,
            under=str(home.pk),
            name=town["name"],
            kind=town["kind"],
            entity=town["entity"],
            email=f"maticar@{code}.example.org",
            verbosity=0,
            stdout=StringIO(),
        )
        office = Municipality.objects.get(code=code)
        self.describe(office, town)
        page = RegistrarPage.objects.child_of(home).get()
        page.show_in_menus = True
        page.opening_hours = "<p>Ponedjeljak – petak: 8:00 – 15:00</p>"
        page.search_description = "Naručite izvode i uvjerenja iz matičnih knjiga iz svijeta."
        page.save_revision().publish()
        self.make_pages(home)
        news.make_pages(home, code)
        self.make_users(code, home, town["name"])
        orders.make(office)
        news.prepare(office)

    def describe(self, office: Municipality, town: dict) -> None:
        latin = ("bs", "hr", "sr-latn", "de", "en")
        office.office = dict.fromkeys(latin, town["office"]) | {"sr": "Матична служба"}
        office.address, office.phone = town["address"], "+387 52 000 000"
        office.signatory = "Ogledni Potpisnik, matičar"
        office.coat_of_arms = emblem.draw(office)
        office.save()
        for edition, fee in town["fees"].items():
            office.document_types.filter(edition=edition).update(fee_minor=fee)
        office.registrar_settings.postage_home_minor = 310
        office.registrar_settings.postage_abroad_minor = 850
        office.registrar_settings.save()
        for use, number in (("home", "0000000000000000"), ("abroad", "BA390000000000000000")):
            Account.objects.create(
                municipality=office,
                use=use,
                recipient=f"{town['name']} – izmišljeni račun",
                bank="Ogledna banka",
                number=number,
                bic="OGLEBA00" if use == "abroad" else "",
                currency="BAM" if use == "home" else "EUR",
            )
        for (month, day), name in HOLIDAYS:
            Holiday.objects.create(
                municipality=office,
                day=timezone.localdate().replace(month=month, day=day),
                yearly=True,
                name={"bs": name},
            )

    def make_pages(self, home: Page) -> None:
        for title, summary in SERVICES.items():
            page = ContentPage(
                title=title, search_description=summary, body=f"<p>Ogledni tekst. {summary}</p>"
            )
            page.show_in_menus = True
            home.add_child(instance=page)

    def make_users(self, code: str, home: Page, town: str) -> None:
        editors = self.make_editors(home, town)
        for role, group in self.groups_of(town, ROLES).items():
            self.make_user(f"{code}-{role}", group, *([editors] if role == "urednik" else []))

    def groups_of(self, town: str, roles: Iterable[str]) -> dict[str, Group]:
        made = Group.objects.filter(name__startswith=f"{town}: ").exclude(name__endswith=": editors")
        return dict(zip(roles, made.order_by("pk"), strict=True))

    def make_editors(self, home: Page, town: str, *more: str) -> Group:
        editors = Group.objects.create(name=f"{town}: editors")
        editors.permissions.set(Permission.objects.filter(codename__in=["access_admin", *more]))
        for action in ("add", "change", "publish"):
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{action}_page"
            )
            GroupPagePermission.objects.create(group=editors, page=home, permission=permission)
        return editors

    def make_user(self, name: str, *groups: Group) -> None:
        code, _dash, role = name.rpartition("-")
        user = get_user_model().objects.create_user(
            name, f"{role}@{code}.example.org", PASSWORD, first_name="Demo", last_name=role
        )
        user.groups.add(*groups)

    def tell(self) -> None:
        port = settings.PORT
        lines = ["", "The demonstration is ready:"]
        lines += [f"  {name:<24} http://{name}.localhost:{port}/" for name in (*TOWNS, "hub")]
        lines += [f"  {'mailbox':<24} http://prijedor.localhost:{port}/mailbox/"]
        lines += [
            f"  {'admin':<24} http://prijedor.localhost:{port}/admin/",
            "",
            f"Logins, password {PASSWORD}:",
        ]
        lines += [f"  {f'{code}-{role}':<24} {meaning}" for code in TOWNS for role, meaning in ROLES.items()]
        lines += [f"  {f'hub-{role}':<24} {ROLES[role]}" for role in ("urednik", "admin")]
        lines += [f"  {'admin':<24} sees everything", "", "Stop with Ctrl-C; what was done is kept.", ""]
        self.stdout.write("\n".join(lines))
