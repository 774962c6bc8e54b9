from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .desk import urls
from .desk.bulk import MarkBulkAction
from .desk.buttons import page_buttons
from .desk.hub_ledger import HubLedgerView
from .desk.ledger import LedgerMenuItem, LedgerView
from .desk.membership import HubMenuItem
from .desk.panel import NewsPanel
from .desk.subscribers import SubscribersMenuItem, SubscribersView
from .desk.undecided import UndecidedMenuItem, UndecidedView
from .viewsets import BULK_ACTIONS, VIEWSETS

LOGGED = {
    "marked": _("Marked for the diaspora"),
    "declined": _("Not for the diaspora"),
    "corrected": _("Correction told"),
    "withdrawn": _("Withdrawn from the diaspora's news"),
    "source_moved": _("Feed has moved"),
    "source_gone": _("Feed is gone"),
    "source_followed": _("New address of the feed accepted"),
    "source_stayed": _("New address of the feed declined"),
    "source_paused": _("Reading paused"),
    "source_only_followed": _("Only corrections and withdrawals are read"),
    "source_resumed": _("Reading resumed"),
    "source_read_now": _("Read again from the start"),
    "shown": _("News of others shown"),
    "hidden": _("News of others hidden"),
    "untold": _("Not told to partners"),
    "partner_invited": _("Partner invited"),
    "partner_confirmed": _("Partner takes the news"),
    "partner_paused": _("Partner paused"),
    "partner_ended": _("Partner has left"),
    "told_again": _("Told a partner again"),
    "partner_catch_up": _("Earlier news for the partner"),
    "partner_caught_up": _("Earlier news stopped"),
    "aside_settled": _("Said what became of a delivery"),
    "partner_links": _("New links for the partner"),
    "subscription_ended": _("Subscription of a feed ended"),
    "hub_asked": _("Asked a hub to join"),
    "hub_joined": _("Joined the hub"),
    "hub_refused": _("Refused by the hub"),
    "hub_left": _("Left the hub"),
    "hub_ended": _("Membership ended by the hub"),
    "hub_hands_over": _("News handed over to the hub"),
    "hub_sends_itself": _("News not handed over to the hub"),
    "member_invited": _("Invited to the hub"),
    "member_withdrawn": _("Invitation to the hub taken back"),
    "member_accepted": _("Yes said to a municipality that asks to join"),
    "member_refused": _("No said to a municipality that asks to join"),
    "member_joined": _("Joined the hub"),
    "member_removed": _("Removed from the hub"),
    "member_left": _("Left the hub"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for name, label in LOGGED.items():
        actions.register_action(f"diaspora_syndication.{name}", label, label)


@hooks.register("register_admin_urls")
def register_admin_urls():
    return [
        path("diaspora/news/", include(urls)),
        *_report_urls("reports/diaspora-undecided/", UndecidedView),
        *_report_urls("reports/diaspora-ledger/", LedgerView),
        *_report_urls("reports/diaspora-subscribers/", SubscribersView),
        *_report_urls("reports/diaspora-hub-ledger/", HubLedgerView),
    ]


def _report_urls(where, report):
    return [
        path(where, report.as_view(), name=report.index_url_name),
        path(f"{where}results/", report.as_view(results_only=True), name=report.index_results_url_name),
    ]


@hooks.register("register_admin_viewset")
def register_viewsets():
    return VIEWSETS


@hooks.register("register_reports_menu_item")
def register_undecided_report():
    return UndecidedMenuItem()


@hooks.register("register_reports_menu_item")
def register_ledger_report():
    return LedgerMenuItem()


@hooks.register("register_reports_menu_item")
def register_subscribers_report():
    return SubscribersMenuItem()


@hooks.register("register_settings_menu_item")
def register_hub():
    return HubMenuItem()


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request, panels):
    panel = NewsPanel(request)
    if panel.is_shown():
        panels.append(panel)


hooks.register("register_page_header_buttons", page_buttons)
hooks.register("register_page_listing_more_buttons", page_buttons)
hooks.register("register_bulk_action", MarkBulkAction)
for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)
