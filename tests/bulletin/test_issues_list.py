"""The list of issues in the admin."""

import pytest
from django.db import connection
from django.forms import modelform_factory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bulletin.examples import an_issue
from tests.bulletin.test_desk import desk, text
from tests.factories.syndication import a_town
from tests.syndication.test_desk import logged_in
from wagtail_diaspora.bulletin.actions import proposals, publishing
from wagtail_diaspora.bulletin.models import Contribution, Issue
from wagtail_diaspora.bulletin.setup import ISSUES
from wagtail_diaspora.bulletin.viewsets import IssueForm
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = "/admin/diaspora_issue/"


@pytest.fixture
def editor(town):
    return logged_in(town, *ISSUES)


def test_an_issue_begins_on_its_desk(editor, town):
    assert f'{LIST}new/"' in text(editor.get(LIST))
    words = {"title_bs": "Jesen", "introduction_bs": "Šta su uradili drugi."}
    answer = editor.post(f"{LIST}new/", {"municipality": town.pk, **words}, follow=True)
    issue = Issue.objects.get()
    assert answer.redirect_chain[-1][0] == desk(issue)
    assert (issue.title, issue.municipality) == ({"bs": "Jesen"}, town) and issue.is_draft
    answer = editor.post(f"{LIST}edit/{issue.pk}/", {"title_bs": "Zima"}, follow=True)
    assert answer.redirect_chain[-1][0] == desk(issue) and "Zima" in text(answer)
    assert {"wagtail.create", "wagtail.edit"} <= {
        entry.action for entry in MunicipalityLogEntry.objects.all()
    }
    assert "Created" in text(editor.get(f"{LIST}history/{issue.pk}/"))


def test_an_issue_has_a_title_in_one_language_at_least(editor, town):
    assert editor.post(f"{LIST}new/", {"municipality": town.pk}).status_code == 200
    assert not Issue.objects.exists()


def test_the_list_leads_to_the_desks_and_says_how_many_are_proposed(editor, town, examples):
    assert "3 examples of good practice are proposed to the bulletin." in text(editor.get(LIST))
    issue = an_issue(town)
    proposals.take(issue, examples[:2], user=None)
    page = text(editor.get(LIST))
    assert "1 example of good practice is proposed to the bulletin." in page
    assert f'href="{desk(issue)}"' in page and "Being put together" in page
    publishing.publish(issue, user=None)
    page = text(editor.get(LIST))
    assert "No. 1: Jesen" in page and f"{LIST}delete/" not in page
    proposals.pass_over(town, examples, user=None)
    assert "No example of good practice is proposed to the bulletin now." in text(editor.get(LIST))


def test_only_what_nobody_has_ever_read_is_deleted(editor, town, examples):
    issue, other = an_issue(town), an_issue(town)
    proposals.take(issue, examples[:1], user=None)
    proposals.take(other, examples[1:], user=None)
    publishing.publish(issue, user=None)
    publishing.take_back(issue, user=None)
    page = text(editor.post(f"{LIST}delete/{issue.pk}/", follow=True))
    assert "“No. 1: Jesen” has been published, so it stays." in page and Issue.objects.count() == 2
    editor.post(f"{LIST}delete/{other.pk}/")
    assert Issue.objects.get() == issue and Contribution.objects.count() == 1
    assert MunicipalityLogEntry.objects.filter(action="wagtail.delete").count() == 1


def test_the_menu_shows_it_to_those_who_make_it(town, editor):
    home = reverse("wagtailadmin_home")
    assert f'"{LIST}"' in text(editor.get(home)).replace("&quot;", '"')
    others = logged_in(town, "diaspora_syndication.change_item")
    assert LIST not in text(others.get(home)) and others.get(LIST).status_code == 302


def test_another_municipalitys_issues_are_not_there(town, examples):
    issue = an_issue(town)
    stranger = logged_in(a_town("drugi.example.org"), *ISSUES)
    page = text(stranger.get(LIST))
    assert "Jesen" not in page and "No example of good practice is proposed" in page
    for view in ("edit", "delete", "history"):
        assert stranger.get(f"{LIST}{view}/{issue.pk}/").status_code == 404


def test_the_list_does_not_ask_more_for_more(editor, town, examples):
    counts = []
    for key in examples:
        proposals.take(an_issue(town), [key], user=None)
        editor.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            text(editor.get(LIST))
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_words_are_saved_and_nothing_of_what_was_decided_meanwhile(town, examples):
    issue = an_issue(town)
    proposals.take(issue, examples[:1], user=None)
    form = modelform_factory(Issue, IssueForm, fields=["title"])({"title_bs": "Zima"}, instance=issue)
    assert form.is_valid() and form.changed_data == ["title"]
    publishing.publish(Issue.objects.get(), user=None)
    form.save()
    saved = Issue.objects.get()
    assert (saved.title, saved.state, saved.number) == ({"bs": "Zima"}, "published", 1)
