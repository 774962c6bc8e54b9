"""The demonstration's news: some of each town's pages are for the diaspora. All of it is invented."""

from django.db import transaction
from wagtail.models import Page

from town.models import NewsPage
from wagtail_diaspora.bulletin.actions import proposals, publishing
from wagtail_diaspora.bulletin.models import Issue
from wagtail_diaspora.municipalities.models import Municipality, Topic
from wagtail_diaspora.news.models import GoodPracticePage, NewsIndexPage
from wagtail_diaspora.syndication.actions import marking, partnering
from wagtail_diaspora.syndication.models import Item, Partner

NEWS = {
    "Ljetni susret građana iz svijeta": "Ogledna vijest: susret na rijeci, prva subota u augustu.",
    "Stipendije za studente čiji roditelji žive vani": "Ogledna vijest: prijave do kraja mjeseca.",
    "Autobus za susret na rijeci": "Ogledna vijest: polazak u devet sati s autobuske stanice.",
    "Kapija starog grada ponovo otvorena": "Ogledna vijest: obnovu su pomogli i građani iz svijeta.",
}
AIRED, CORRECTED, WITHDRAWN = "Ljetni", "Stipendije", "Autobus"
CORRECTION = "Prijave su do petnaestog, a ne do kraja mjeseca."
REASON = "Autobus neće voziti, jer se susret održava u gradu."
RIGHTS = "Slobodno uz navođenje izvora (ogledna vijest)"
RADIO = {"name": "BH Radio 1 (ogled)", "email": "portal@radio.example.org"}
PAPER = {"name": "Lokalni portal (ogled)", "email": "redakcija@portal.example.org"}
CLOSED = {"name": "Ugašeni list (ogled)", "email": "nepoznat@list.example.org"}
INVITED = {"name": "Dijaspora TV (ogled)", "email": "urednik@televizija.example.org"}
EXAMPLES = {
    "prijedor": {
        "title": "Učionica s toplim podom",
        "summary": "Ogledni primjer: škola je dobila grijanje s pomoći udruženja iz svijeta.",
        "problem": "<p>U četiri učionice bilo je zimi dvanaest stepeni.</p>",
        "done": "<ol><li>Škola je pitala udruženja građana iz svijeta šta mogu.</li>"
        "<li>Grad je napravio projekt i vodio nabavku.</li><li>Radovi su trajali tri sedmice.</li></ol>",
        "partners": "Ogledno udruženje, Stuttgart\nOgledna osnovna škola",
        "cost": "18.000 KM, pola od udruženja (ogledni iznos)",
        "result": "<p>Toplo je u četiri učionice, a grijanje košta trećinu manje.</p>",
        "contact": "Ured za dijasporu (ogled), +387 52 000 000",
    },
    "sanski-most": {
        "title": "Ljetna škola jezika za djecu iz svijeta",
        "summary": "Ogledni primjer: dvije sedmice jezika, plivanja i igre s vršnjacima.",
        "problem": "<p>Djeca koja ljeti dođu iz svijeta slabo govore jezik svojih vršnjaka.</p>",
        "done": "<ol><li>Prijave su primane od marta, na jednoj stranici.</li>"
        "<li>Nastavnici su radili prijepodne, a popodne je bilo za igru.</li></ol>",
        "partners": "Ogledna biblioteka\nOgledno udruženje, Beč",
        "cost": "6.500 KM (ogledni iznos)",
        "result": "<p>Došlo je 48 djece iz pet država; prijavilo ih se dvaput više.</p>",
        "contact": "Ured za dijasporu (ogled), +387 37 000 000",
    },
}

ISSUE = {
    "title": {"bs": "Ogledni broj: škola i jezik"},
    "introduction": {
        "bs": "Ogledni bilten mreže: dva primjera iz općina i gradova. Mjesta, iznosi i osobe su izmišljeni."
    },
}


def make_pages(home: Page, code: str) -> None:
    """The host's own news, and a list for the examples, which are a kind of page of the package's."""
    for title, summary in NEWS.items():
        _publish(home, NewsPage(title=title, summary=summary, body=f"<p>{summary}</p>"))
    words = "<p>Ogledni primjeri: šta je neko već uradio i šta se od toga može preuzeti.</p>"
    about = "Šta su drugi već uradili i koga možete pitati."
    index = _publish(home, NewsIndexPage(title="Dobra praksa", introduction=words, search_description=about))
    topics = Topic.objects.filter(code="culture")
    _publish(index, GoodPracticePage(slug="primjer", topics=list(topics), **EXAMPLES[code]))


def prepare(town: Municipality) -> None:
    """What is said of all its news, and who hears of it."""
    usual = town.syndication_settings
    usual.rights, usual.contact_name = RIGHTS, "Ured za dijasporu (ogled)"
    usual.save()
    usual.topics.set(Topic.objects.filter(code__in=["culture", "documents"]))
    for newsroom in (RADIO, PAPER):
        add_partner(town, newsroom)
    partnering.invite(Partner.objects.create(municipality=town, **INVITED), user=None)


def begin(town: Municipality) -> None:
    """All news but the last, about which an editor has still to decide."""
    pages = NewsPage.objects.descendant_of(town.site.root_page).order_by("pk")
    for page in list(pages)[:-1]:
        marking.mark(page, municipality=town, user=None)


def add_partner(sender: Municipality, newsroom: dict[str, str]) -> None:
    """As if somebody there had confirmed its address already."""
    partner = Partner.objects.create(municipality=sender, **newsroom)
    partnering.invite(partner, user=None)
    partnering.confirm(partner)


def go_on(town: Municipality) -> None:
    """A week later: an example of good practice, a correction and a withdrawal. A mailbox is gone."""
    if town.code == "prijedor":
        add_partner(town, CLOSED)
    example = GoodPracticePage.objects.descendant_of(town.site.root_page).get()
    marking.mark(example, municipality=town, user=None)
    marking.correct(item_of(town, CORRECTED), note=CORRECTION, user=None)
    marking.withdraw(item_of(town, WITHDRAWN), note=REASON, user=None)


@transaction.atomic
def publish_bulletin(hub: Municipality) -> None:
    """The joint one, of what its members have told as examples."""
    if hub.bulletin_issues.exists():
        return
    issue = Issue.objects.create(municipality=hub, **ISSUE)
    examples = [edition.item_id for edition in proposals.proposed_to(hub, "bs")]
    proposals.take(issue, examples, user=None)
    publishing.publish(issue, user=None)


def item_of(town: Municipality, title: str) -> Item:
    page = NewsPage.objects.descendant_of(town.site.root_page).get(title__startswith=title)
    return Item.objects.get(municipality=town, translation_key=page.translation_key)


def _publish(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
