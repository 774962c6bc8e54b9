"""The step of `manage.py diaspora_setup`: who makes the bulletin."""

from wagtail_diaspora.municipalities.setup import ADMINISTRATOR, EDITOR, HEAD, grant
from wagtail_diaspora.setup import Plan

ISSUES = [f"diaspora_bulletin.{verb}_issue" for verb in ("add", "change", "delete")]


def give_rights(plan: Plan) -> None:
    grant(plan, {EDITOR: ISSUES, HEAD: ISSUES, ADMINISTRATOR: ISSUES})


STEPS = [give_rights]
