"""The step of `manage.py diaspora_setup`: topics. A host may have news of its own, so no page is made."""

from wagtail_diaspora.setup import Plan

from .shipped import add_topics


def make_topics(plan: Plan) -> None:
    added = add_topics()
    for topic in added:
        plan.done(f"topic {topic}", new=True)
    if not added:
        plan.done("topics", new=False)


STEPS = [make_topics]
