"""An editor puts an issue together on its desk."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bulletin.examples import an_issue, passed_on, tell
from tests.factories.news import a_list, an_example
from tests.factories.syndication import a_hub, a_town
from tests.syndication.newsdesk import tell as publish_news
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.bulletin.actions import proposals, publishing
from wagtail_diaspora.bulletin.desk import listing
from wagtail_diaspora.bulletin.models import Contribution, Issue
from wagtail_diaspora.bulletin.setup import ISSUES
from wagtail_diaspora.syndication.actions import marking
from wagtail_diaspora.syndication.models import Item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def editor(town):
    return logged_in(town, *ISSUES)


@pytest.fixture
def issue(town):
    return an_issue(town)


def desk(issue, page="issue"):
    return reverse(f"diaspora_bulletindesk:{page}", args=[issue.pk])


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def do(client, issue, name, *examples):
    """What was said, and where the browser goes on."""
    sent = {"do": name, "example": [str(key) for key in examples]}
    answer = client.post(desk(issue), sent, follow=True)
    said = [" ".join(str(message).split()) for message in answer.context["messages"]]
    return said, answer.redirect_chain[-1][0].partition("#")[2]


def titles_in(page, part):
    panel = page.partition(f'id="diaspora-bulletin-{part}-section"')[2].partition("</section>")[0]
    return re.findall(r'class="diaspora-bulletin-title"[^>]*>([^<]*)<', panel)


def test_examples_are_taken_put_in_order_and_put_back(editor, issue, examples):
    page = text(editor.get(desk(issue)))
    assert titles_in(page, "proposed") == ["Đačka kuhinja", "Škola", "Čitanka"]
    assert titles_in(page, "inside") == [] and desk(issue, "publish") not in page
    said, anchor = do(editor, issue, "take", *examples)
    assert (
        said == ["3 examples were taken into this issue."] and anchor == "diaspora-bulletin-proposed-section"
    )
    assert titles_in(text(editor.get(desk(issue))), "inside") == ["Čitanka", "Škola", "Đačka kuhinja"]

    assert do(editor, issue, f"up:{examples[2]}") == ([], f"up-{examples[2]}")
    assert titles_in(text(editor.get(desk(issue))), "inside") == ["Čitanka", "Đačka kuhinja", "Škola"]
    said, _anchor = do(editor, issue, f"put_back:{examples[1]}")
    assert said == ["1 example was put back."]
    page = text(editor.get(desk(issue)))
    assert titles_in(page, "inside") == ["Čitanka", "Đačka kuhinja"]
    assert titles_in(page, "proposed") == ["Škola"]


def test_the_focus_stays_on_the_button_or_goes_to_the_other_where_it_is_gone(editor, issue, examples):
    proposals.take(issue, examples, user=None)
    first, second, third = examples
    for name, key, focus in (
        ("up", second, f"down-{second}"),
        ("down", second, f"down-{second}"),
        ("down", second, f"up-{second}"),
        ("up", second, f"up-{second}"),
    ):
        _said, anchor = do(editor, issue, f"{name}:{key}")
        assert anchor == focus
        assert f'id="{focus}"' in text(editor.get(desk(issue)))
    page = text(editor.get(desk(issue)))
    assert f'id="up-{first}"' not in page and f'id="down-{third}"' not in page


def test_what_is_passed_over_leaves_and_the_message_leads_to_the_undo(editor, issue, examples):
    said, _anchor = do(editor, issue, "pass_over", examples[0])
    assert "1 example is not for the bulletin." in said[0]
    undo = re.search(r'href="([^"#]*)(#[^"]*)"', said[0])
    page = text(editor.get(undo[1]))
    assert undo[2][1:] in page and titles_in(page, "passed") == ["Čitanka"]
    assert titles_in(page, "proposed") == ["Đačka kuhinja", "Škola"]
    said, _anchor = do(editor, issue, "propose_again", examples[0])
    assert said == ["1 example is proposed again."] and not Contribution.objects.exists()


def test_what_was_passed_over_is_folded_until_somebody_looks_for_it(editor, issue, examples):
    assert "diaspora-bulletin-passed" not in text(editor.get(desk(issue)))
    proposals.pass_over(issue.municipality, examples[:1], user=None)
    folded = re.compile(r'class="w-panel\s+collapsed"[^>]*id="diaspora-bulletin-passed-section"')
    assert folded.search(text(editor.get(desk(issue))))
    assert not folded.search(text(editor.get(desk(issue), {"passed": "1"})))


def test_nothing_ticked_is_said_and_nonsense_does_nothing(editor, issue, examples):
    assert do(editor, issue, "take")[0] == ["Tick an example first."]
    assert do(editor, issue, "take", "x")[0] == ["Tick an example first."]
    assert do(editor, issue, "up:x")[1] == "diaspora-bulletin-inside-section"
    assert editor.post(desk(issue), {"do": "delete"}).status_code == 404
    assert editor.post(desk(issue)).status_code == 404
    assert not Contribution.objects.exists()


def test_a_form_of_yesterday_does_no_harm(town, editor, issue, examples):
    other = an_issue(town)
    proposals.take(other, examples[:1], user=None)
    nothing = ["Nothing was changed: it did not stand so any more."]
    for name in ("take", "pass_over", "propose_again", f"put_back:{examples[0]}", f"up:{examples[0]}"):
        assert do(editor, issue, name, examples[0])[0] == nothing, name
    publishing.publish(other, user=None)
    for name in ("take", "up", "put_back"):
        [said] = do(editor, other, name, examples[0])[0]
        assert said.startswith("This issue is published."), name
    assert Contribution.objects.get().issue == other


def test_looking_changes_nothing(editor, issue, examples):
    for page in ("issue", "publish", "preview"):
        editor.get(desk(issue, page), {"do": "take", "example": examples[0]})
    assert not Contribution.objects.exists() and Issue.objects.get().is_draft


def test_publishing_is_asked_about_once_and_can_be_taken_back(editor, issue, examples):
    do(editor, issue, "take", examples[0])
    asks = text(editor.get(desk(issue, "publish")))
    assert "Anybody can read this issue from then on" in asks and "Čitanka" in asks
    page = text(editor.post(desk(issue, "publish"), follow=True))
    address = "http://primjer.example.org/diaspora/bulletin/1/"
    assert "“No. 1: Jesen” is published." in page and page.count(f'href="{address}"') == 2
    assert titles_in(page, "proposed") == [] and 'value="up:' not in page and 'value="put_back:' not in page
    public = Client().get("/diaspora/bulletin/1/", headers={"host": "primjer.example.org"})
    assert "Čitanka" in text(public)

    assert editor.get(desk(issue, "publish")).status_code == 302
    [said] = do(editor, issue, "take_back")[0]
    assert said.startswith("The issue was taken back.") and Issue.objects.get().is_draft
    assert "Bulletin no. 1" in text(editor.get(desk(issue)))


def test_only_a_hub_says_before_that_its_members_are_told(editor, issue):
    hub = a_hub()
    said = "are told by e-mail after 15 minutes"
    assert said in text(logged_in(hub, *ISSUES).get(desk(an_issue(hub), "publish")))
    assert said not in text(editor.get(desk(issue, "publish")))


def test_what_cannot_be_published_says_why(editor, issue, examples):
    page = text(editor.post(desk(issue, "publish"), follow=True))
    assert "There is no example in this issue yet." in page and Issue.objects.get().is_draft
    do(editor, issue, "take", examples[0])
    publishing.publish(issue, user=None)
    page = text(editor.post(desk(issue, "publish"), follow=True))
    assert "Somebody else has published this issue already." in page


def test_what_was_withdrawn_since_says_so_and_is_put_back(editor, issue, examples):
    do(editor, issue, "take", *examples[:2])
    marking.withdraw(Item.objects.get(pk=examples[0]), note="Zabuna.", user=None)
    publish_news()
    page = text(editor.get(desk(issue)))
    assert titles_in(page, "inside") == ["Čitanka", "Škola"] and page.count("Withdrawn since") == 1
    assert "Čitanka" not in text(editor.get(desk(issue, "preview")))
    assert do(editor, issue, f"put_back:{examples[0]}")[0] == ["1 example was put back."]


def test_what_a_hub_passes_on_says_whose_it_is():
    hub = a_hub()
    edition = passed_on(hub)
    page = text(logged_in(hub, *ISSUES).get(desk(an_issue(hub))))
    assert titles_in(page, "proposed") == [edition.title]
    assert "Općina Primjer," in page and f'href="{edition.content["url"]}"' in page


def test_the_preview_is_what_readers_will_see_and_is_never_found(editor, issue, examples):
    do(editor, issue, "take", examples[0])
    answer = editor.get(desk(issue, "preview"))
    assert "Čitanka" in text(answer) and "Jesen" in text(answer)
    assert "noindex" in answer["X-Robots-Tag"] and "no-store" in answer["Cache-Control"]
    assert answer["Content-Language"] == "en"
    assert editor.get(desk(issue, "preview"), {"language": "de"})["Content-Language"] == "de"


def test_an_empty_desk_says_what_makes_a_proposal(editor, issue):
    page = text(editor.get(desk(issue)))
    assert "An example is proposed by itself as soon as its page is marked" in page


def test_pages_of_proposals_are_kept(editor, town, issue, examples, monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    page = text(editor.get(desk(issue), {"p": 2}))
    assert titles_in(page, "proposed") == ["Čitanka"] and "Page 2 of 2" in page
    answer = editor.post(f"{desk(issue)}?p=2", {"do": "take", "example": str(examples[0])})
    assert answer["Location"].startswith(f"{desk(issue)}?p=2#")
    assert titles_in(text(editor.get(answer["Location"])), "proposed") == ["Đačka kuhinja", "Škola"]


def test_others_learn_and_change_nothing(town, issue, examples):
    proposals.take(issue, examples[:1], user=None)
    stranger, looker = (
        logged_in(a_town("drugi.example.org"), *ISSUES),
        logged_in(town, "diaspora_syndication.change_item"),
    )
    for client, status in ((stranger, 404), (looker, 302), (Client(), 302)):
        for page in ("issue", "publish", "preview"):
            assert client.get(desk(issue, page)).status_code == status
        for name in ("take", "pass_over", "put_back", "take_back"):
            assert client.post(desk(issue), {"do": name, "example": str(examples[0])}).status_code == status
        assert client.post(desk(issue, "publish")).status_code == status
    assert Contribution.objects.get().item_id == examples[0] and Issue.objects.get().is_draft


def test_only_who_may_delete_it_is_offered_that(town, issue):
    delete = reverse("diaspora_issue:delete", args=[issue.pk])
    assert delete in text(logged_in(town, *ISSUES).get(desk(issue)))
    assert delete not in text(logged_in(town, "diaspora_bulletin.change_issue").get(desk(issue)))


def test_the_desk_does_not_ask_more_for_more(editor, town):
    listing_page, counts, issue = a_list(town.site.root_page), [], an_issue(town)
    for number in range(3):
        keys = [
            tell(town, an_example(listing_page, f"{part} {number}")) for part in ("U broju", "Nije", "Novo")
        ]
        proposals.take(issue, keys[:1], user=None)
        proposals.pass_over(town, keys[1:2], user=None)
        editor.get(desk(issue))
        with CaptureQueriesContext(connection) as asked:
            page = text(editor.get(desk(issue)))
        assert [len(titles_in(page, part)) for part in ("inside", "proposed", "passed")] == [number + 1] * 3
        counts.append(len(asked))
    assert counts[0] == counts[2]
