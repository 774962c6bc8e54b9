"""Steps of `manage.py diaspora_setup`: the settings of syndication, and who may mark pages."""

from wagtail_diaspora.municipalities.setup import ADMINISTRATOR, EDITOR, HEAD, grant
from wagtail_diaspora.setup import Plan

from .models import SyndicationSettings

MARK = "diaspora_syndication.change_item"
SETTINGS = "diaspora_syndication.change_syndicationsettings"


def make_settings(plan: Plan) -> None:
    _row, new = SyndicationSettings.objects.get_or_create(municipality=plan.made["municipality"])
    plan.done("settings of syndication", new=new)


def give_rights(plan: Plan) -> None:
    grant(plan, {EDITOR: [MARK], HEAD: [MARK], ADMINISTRATOR: [MARK, SETTINGS]})


STEPS = [make_settings, give_rights]
