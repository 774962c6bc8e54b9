import pytest
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import translation

from tests.factories.news import a_list, a_piece, a_topic
from tests.factories.syndication import a_partner, a_town
from wagtail_diaspora.municipalities.models import Topic
from wagtail_diaspora.news.blocks import TopicBlock
from wagtail_diaspora.news.forms import NewsFilterForm
from wagtail_diaspora.scripts import to_cyrillic
from wagtail_diaspora.syndication.desk.forms import DetailsForm
from wagtail_diaspora.syndication.forms.examples import ExamplesForm
from wagtail_diaspora.syndication.forms.newsroom import ChoiceForm
from wagtail_diaspora.syndication.models import Channel, FeedFile, SyndicationSettings
from wagtail_diaspora.syndication.views.listing import feeds_of

pytestmark = pytest.mark.django_db
VIEWS = ("add", "edit", "delete")
NAMES = ("Šport", "Život", "Đaci", "Sport", "Ćilimi", "Zdravlje", "Čistoća", "Dokumenti", "Cvijeće")


def someone(client, *codenames):
    user = User.objects.create(username="urednica")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client.force_login(user)
    return client


def addresses(topic):
    return [reverse(f"diaspora_topic:{view}", args=[] if view == "add" else [topic.pk]) for view in VIEWS]


def test_a_topic_is_written_in_each_language(admin_client):
    typed = {"code": "culture", "name_bs": "Kultura", "name_en": "Culture"}
    admin_client.post(reverse("diaspora_topic:add"), typed)
    assert Topic.objects.get().name == {"bs": "Kultura", "en": "Culture"}
    assert "Kultura" in admin_client.get(reverse("diaspora_topic:index")).content.decode()


def test_each_permission_opens_its_own_view(client):
    topic = a_topic()
    for view, codename in (("add", "add_topic"), ("edit", "change_topic"), ("delete", "delete_topic")):
        who = someone(client, codename)
        answers = [who.get(url).status_code for url in addresses(topic)]
        assert answers == [200 if one == view else 302 for one in VIEWS], codename
        User.objects.all().delete()


def test_whoever_has_no_permission_changes_nothing(client):
    topic, who = a_topic(), someone(client)
    for url in (*addresses(topic), reverse("diaspora_topic:index")):
        assert who.get(url).status_code == 302
        assert who.post(url, {"code": "x", "name_bs": "X"}).status_code in (302, 405)
    assert [(row.code, row.name) for row in Topic.objects.all()] == [(topic.code, topic.name)]


def test_a_used_topic_stays(admin_client):
    topic, unused = a_topic(), a_topic("sport", bs="Sport")
    page = a_piece(a_list(), topics=[topic])
    answer = admin_client.post(reverse("diaspora_topic:delete", args=[topic.pk]), follow=True)
    assert "je u upotrebi" in answer.content.decode() and page.topics.count() == 1
    admin_client.post(reverse("diaspora_topic:delete", args=[unused.pk]))
    assert [row.code for row in Topic.objects.all()] == ["culture"]


def test_a_topic_that_newsrooms_chose_stays_and_names_them(admin_client):
    """Whoever has chosen no topic takes them all: it must not come to that by itself."""
    topic, partner = a_topic(), a_partner(a_town(), name="Radio Primjer")
    partner.topics.add(topic)
    answer = admin_client.post(reverse("diaspora_topic:delete", args=[topic.pk]), follow=True)
    assert "Radio Primjer" in answer.content.decode()
    for delete in (topic.delete, Topic.objects.all().delete):
        with transaction.atomic(), pytest.raises(ProtectedError, match="Radio Primjer"), transaction.atomic():
            delete()
    assert list(partner.topics.all()) == [topic]
    partner.topics.clear()
    topic.delete()
    assert not Topic.objects.exists()


def test_a_topic_that_is_usual_somewhere_stays(admin_client):
    topic = a_topic()
    SyndicationSettings.objects.create(municipality=a_town()).topics.add(topic)
    admin_client.post(reverse("diaspora_topic:delete", args=[topic.pk]))
    assert Topic.objects.exists()


def test_no_topic_takes_the_address_of_all_news(admin_client, english):
    answer = admin_client.post(reverse("diaspora_topic:add"), {"code": "all", "name_bs": "Sve"})
    assert not Topic.objects.exists() and "every topic" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("bs", "Cvijeće Čistoća Ćilimi Dokumenti Đaci Sport Šport Zdravlje Život"),
        ("sr", "Документи Ђаци Живот Здравље Спорт Ћилими Цвијеће Чистоћа Шпорт"),
    ],
)
def test_topics_stand_in_the_order_of_their_names(language, order):
    """As the reader's alphabet has it, wherever one chooses or reads them."""
    for number, name in enumerate(NAMES):
        a_topic(f"t{number}", bs=name, sr=to_cyrillic(name))
    town, page = a_town(), a_piece(a_list(), topics=list(Topic.objects.all()))
    channel = Channel.objects.create(municipality=town, language="bs")
    for code in Topic.objects.values_list("code", flat=True):
        path = f"{town.code}/bs/{code}/rss.xml"
        FeedFile.objects.create(path=path, channel=channel, number=1, packed=b"", changed_at=0)
    with translation.override(language):
        told = {
            "feeds": [feed["topic"] for feed in feeds_of(town)[0]["feeds"]],
            "list": [name for _code, name in NewsFilterForm(years=[]).fields["topic"].choices][1:],
            "examples": [name for _code, name in ExamplesForm(municipality=town).fields["topic"].choices][1:],
            "block": [name for _code, name in TopicBlock().field.choices][1:],
            "newsroom": [one.choice_label for one in ChoiceForm(languages=[])["topics"]],
            "item": [one.choice_label for one in DetailsForm()["topics"]],
            "page": list(map(str, page.listed_topics)),
        }
    assert told == dict.fromkeys(told, order.split())
