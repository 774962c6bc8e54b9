"""What is proposed to the bulletin, and what becomes of it."""

import uuid

import pytest

from tests.bulletin.examples import an_issue, titles
from tests.factories.syndication import a_story, a_town, an_item
from tests.syndication.newsdesk import tell
from wagtail_diaspora.bulletin.actions import contents, proposals, publishing
from wagtail_diaspora.bulletin.models import Contribution
from wagtail_diaspora.exceptions import DiasporaError
from wagtail_diaspora.municipalities.models import MunicipalityLogEntry
from wagtail_diaspora.syndication.actions import marking
from wagtail_diaspora.syndication.models import Item

pytestmark = pytest.mark.django_db


def proposed(town):
    return titles(proposals.proposed_to(town, "bs"))


def inside(issue):
    return titles(contents.examples_in(issue, "bs"))


def test_examples_are_proposed_as_soon_as_they_are_public_and_other_news_never(town, examples):
    an_item(town, a_story(town))
    tell()
    assert proposed(town) == ["Đačka kuhinja", "Škola", "Čitanka"]


def test_what_is_withdrawn_is_proposed_no_more(town, examples):
    marking.withdraw(Item.objects.get(pk=examples[1]), note="Zabuna.", user=None)
    tell()
    assert proposed(town) == ["Đačka kuhinja", "Čitanka"]


def test_what_is_taken_stands_in_its_issue_in_the_order_in_which_it_was_named(town, examples):
    issue = an_issue(town)
    assert proposals.take(issue, [examples[2], examples[0]], user=None) == 2
    assert proposals.take(issue, [examples[1]], user=None) == 1
    assert inside(issue) == ["Đačka kuhinja", "Čitanka", "Škola"] and proposed(town) == []


def test_an_example_stands_in_one_issue_only(town, examples):
    first, second = an_issue(town), an_issue(town)
    assert proposals.take(first, examples[:1], user=None) == 1
    assert proposals.take(second, examples[:2] * 2, user=None) == 1
    assert inside(first) == ["Čitanka"] and inside(second) == ["Škola"]


def test_nobody_takes_what_is_not_theirs_or_no_example(town, examples):
    issue, other = an_issue(town), a_town("drugi.example.org")
    story = an_item(town, a_story(town))
    tell()
    assert proposals.take(an_issue(other), examples, user=None) == 0
    assert proposals.pass_over(other, examples, user=None) == 0
    assert proposals.take(issue, [story.pk, uuid.uuid4()], user=None) == 0


def test_what_was_passed_over_can_be_proposed_again(town, examples):
    other = a_town("drugi.example.org")
    assert proposals.pass_over(town, examples[:2], user=None) == 2
    assert proposed(town) == ["Đačka kuhinja"]
    assert titles(proposals.passed_over_by(town, "bs")) == ["Škola", "Čitanka"]
    assert proposals.propose_again(other, examples[:1], user=None) == 0
    assert proposals.propose_again(town, examples[:1], user=None) == 1
    assert proposed(town) == ["Đačka kuhinja", "Čitanka"]


def test_what_is_put_back_or_stood_in_a_deleted_draft_is_proposed_again(town, examples):
    issue = an_issue(town)
    proposals.take(issue, examples, user=None)
    assert proposals.put_back(issue, examples[:1], user=None) == 1 and proposed(town) == ["Čitanka"]
    issue.delete()
    assert len(proposed(town)) == 3


def test_the_order_is_changed_by_one_place(town, examples):
    issue = an_issue(town)
    proposals.take(issue, examples, user=None)
    assert proposals.move(issue, examples[2], up=True)
    assert inside(issue) == ["Čitanka", "Đačka kuhinja", "Škola"]
    assert proposals.move(issue, examples[0], up=False)
    assert inside(issue) == ["Đačka kuhinja", "Čitanka", "Škola"]
    assert not proposals.move(issue, examples[1], up=False)
    assert not proposals.move(issue, examples[2], up=True)
    assert not proposals.move(issue, uuid.uuid4(), up=True)
    assert list(Contribution.objects.values_list("place", flat=True)) == [1, 2, 3]


def test_nothing_moves_in_an_issue_that_is_read(town, examples):
    issue = an_issue(town)
    proposals.take(issue, examples[:2], user=None)
    publishing.publish(issue, user=None)
    changes = [
        lambda: proposals.take(issue, examples[2:], user=None),
        lambda: proposals.put_back(issue, examples[:1], user=None),
        lambda: proposals.move(issue, examples[1], up=True),
    ]
    for change in changes:
        with pytest.raises(DiasporaError):
            change()
    assert inside(issue) == ["Čitanka", "Škola"] and proposed(town) == ["Đačka kuhinja"]


def test_each_decision_stands_in_the_log_with_who_took_it(town, examples, django_user_model):
    editor, issue = django_user_model.objects.create(username="urednica"), an_issue(town)
    proposals.take(issue, examples[:1], user=editor)
    proposals.put_back(issue, examples[:1], user=editor)
    proposals.pass_over(town, examples[:1], user=editor)
    proposals.propose_again(town, examples[:1], user=editor)
    logged = MunicipalityLogEntry.objects.filter(action__startswith="diaspora_bulletin.", user=editor)
    names = [entry.action.partition(".")[2] for entry in logged.order_by("pk")]
    assert names == ["taken", "put_back", "passed_over", "proposed_again"]
    assert {entry.object_id for entry in logged} == {str(examples[0])}
