from typing import Any

from django.utils.translation import gettext_lazy as _

from ..fetching import RemoteTrouble


class FeedUnreadable(RemoteTrouble):
    code = "unreadable"
    sentence: Any = _("This is no feed of news: neither RSS, Atom, JSON Feed nor ninjs.")


class NoFeedNamed(FeedUnreadable):
    code = "no_feed"
    sentence = _("This page names no feed. Ask its owners for the address of their RSS feed.")


class NoList(FeedUnreadable):
    code = "no_list"
    sentence = _("This is no list of feeds in the format OPML.")
