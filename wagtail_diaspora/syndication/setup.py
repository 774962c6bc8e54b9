"""Steps of `manage.py diaspora_setup`: the settings of syndication, and who works with news."""

from wagtail_diaspora.municipalities.setup import ADMINISTRATOR, EDITOR, HEAD, grant
from wagtail_diaspora.setup import Plan

from .models import SyndicationSettings

MARK = "diaspora_syndication.change_item"
LEDGER = "diaspora_syndication.view_delivery"
PARTNERS = [f"diaspora_syndication.{verb}_partner" for verb in ("view", "add", "change", "delete")]
OTHERS = "diaspora_syndication.change_remoteitem"
SOURCES = [f"diaspora_syndication.{verb}_remotesource" for verb in ("add", "change", "delete")]
HUB = "diaspora_syndication.change_membership"
MEMBERS = [f"diaspora_syndication.{verb}_member" for verb in ("add", "change")]
SETTINGS = "diaspora_syndication.change_syndicationsettings"


def make_settings(plan: Plan) -> None:
    _row, new = SyndicationSettings.objects.get_or_create(municipality=plan.made["municipality"])
    plan.done("settings of syndication", new=new)


def give_rights(plan: Plan) -> None:
    """A municipality joins a hub; a hub has members."""
    news, sources = [MARK, LEDGER, *PARTNERS, OTHERS], [*SOURCES, SETTINGS]
    news, sources = ([*news, HUB], sources) if plan.made["keeps_registers"] else (news, [*sources, *MEMBERS])
    grant(plan, {EDITOR: news, HEAD: news, ADMINISTRATOR: [*news, *sources]})


STEPS = [make_settings, give_rights]
