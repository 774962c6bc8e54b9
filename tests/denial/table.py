"""Every address of the product, with keys that are there: a new one without a row fails the tests."""

import uuid

from wagtail_diaspora.registrar import tokens
from wagtail_diaspora.syndication import tokens as partner_tokens


def no_keys(world):
    return {}


def office_row(name):
    return lambda world: {"pk": getattr(world, name).pk}


def of_order(world):
    return {"order": world.order.pk}


def of_draft(world):
    return {"draft": world.draft.pk}


def of_issue(world):
    return {"issue": world.issue.pk}


def of_nobody(world):
    """A link that was never given, for somebody who has none."""
    return {"token": partner_tokens.partner_token(world.partner)[:-2] + "xx"}


CASE_PAGES = (
    *("case", "sent", "write", "paid", "signed", "withdraw", "request_to_sign", "receipt", "export"),
    *("change", "change_email", "change_phone", "change_address", "change_applicant", "files"),
)
TABLE = {
    "diaspora_script_words": no_keys,
    "diaspora_access": no_keys,
    "diaspora_access_results": no_keys,
    "diaspora_registrar_pages": no_keys,
    "diaspora_registrar_pages_results": no_keys,
    "diaspora_desk:queue": no_keys,
    "diaspora_desk:enter": no_keys,
    "diaspora_desk:assign": no_keys,
    "diaspora_desk:case": of_order,
    "diaspora_desk:step": lambda w: {"order": w.order.pk, "step": "take"},
    "diaspora_desk:person": lambda w: {"order": w.order.pk, "number": 1},
    "diaspora_desk:file": lambda w: {"order": w.order.pk, "file": w.file.pk},
    "diaspora_desk:paper": lambda w: {"order": w.order.pk, "kind": "request"},
    "diaspora_desk:resend": lambda w: {"order": w.order.pk, "message": w.message.pk},
    **{
        f"diaspora_registrar:{name}": of_draft
        for name in ("documents", "you", "delivery", "identity", "check", "erase")
    },
    **{f"diaspora_registrar:{name}": of_order for name in CASE_PAGES},
    "diaspora_registrar:change_person": lambda w: {"order": w.order.pk, "number": 1},
    "diaspora_registrar:file": lambda w: {"order": w.order.pk, "file": w.given.pk},
    "diaspora_registrar:item": lambda w: {"draft": w.draft.pk, "number": 0},
    "diaspora_registrar:person": lambda w: {"draft": w.draft.pk, "number": 0},
    "diaspora_registrar:remove_file": lambda w: {"draft": w.draft.pk, "file": w.file.pk},
    **{f"diaspora_registrar:{name}": no_keys for name in ("new_order", "lost_link", "proof_form")},
    **{
        f"diaspora_registrar:{name}": lambda w: {"token": tokens.tracking_token(w.order)[:-2] + "xx"}
        for name in ("open_case", "resume", "confirm_email")
    },
    "diaspora_news_undecided": no_keys,
    "diaspora_news_undecided_results": no_keys,
    "diaspora_newsdesk:page": lambda w: {"page": w.story.pk},
    **{
        f"diaspora_syndication:{name}": no_keys
        for name in ("feeds", "good_practice", "hub", "outline", "sitemap")
    },
    "diaspora_syndication:listen": lambda w: {"key": uuid.uuid4()},
    "diaspora_news_ledger": no_keys,
    "diaspora_news_ledger_results": no_keys,
    "diaspora_newsdesk:aside": no_keys,
    "diaspora_newsdesk:partner": lambda w: {"partner": w.partner.pk},
    "diaspora_newsdesk:passed": lambda w: {"item": w.passed.pk},
    "diaspora_newsdesk:proof": no_keys,
    "diaspora_news_subscribers": no_keys,
    "diaspora_news_subscribers_results": no_keys,
    "diaspora_newsdesk:subscriber": lambda w: {"subscription": w.subscription.pk},
    "diaspora_newsdesk:hub_index": no_keys,
    "diaspora_newsdesk:hub": lambda w: {"municipality": w.office.pk},
    "diaspora_newsdesk:member": lambda w: {"member": w.member.pk},
    "diaspora_news_hub_ledger": no_keys,
    "diaspora_news_hub_ledger_results": no_keys,
    "diaspora_syndication:join": lambda w: {"code": w.network.code},
    "diaspora_syndication:chain": no_keys,
    "diaspora_syndication:membership": lambda w: {"key": w.office.membership.pk},
    "diaspora_syndication:invitation": lambda w: {
        "token": partner_tokens.invitation_token(w.member)[:-2] + "xx"
    },
    **{f"diaspora_syndication:{name}": of_nobody for name in ("newsroom", "leave")},
    "diaspora_syndication:receipt": lambda w: of_nobody(w) | {"edition": w.line.edition_id, "version": 1},
    "diaspora_syndication:private_feed": lambda w: of_nobody(w) | {"file": "bs/rss.rss.xml"},
    "diaspora_syndication:feed": lambda w: {"path": f"{w.office.code}/bs/all/rss.xml"},
    "diaspora_news:calendar": lambda w: {"page": w.event.pk},
    "diaspora_topic:delete": lambda w: {"pk": w.topic.pk},
    **{f"diaspora_bulletindesk:{name}": of_issue for name in ("issue", "publish", "preview")},
    "diaspora_bulletin:issues": no_keys,
    "diaspora_bulletin:issue": lambda w: {"number": 1},
    "diaspora_registrar:blank": lambda w: {"code": w.kind.code},
    "diaspora_registrar:proof": lambda w: {"code": "AAAA-BBBB-CCCC"},
}
VIEWSETS = {
    "diaspora_municipality": office_row("office"),
    "diaspora_account": office_row("account"),
    "diaspora_holiday": office_row("holiday"),
    "diaspora_closure": office_row("closure"),
    "diaspora_document_type": office_row("kind"),
    "diaspora_message_template": office_row("template"),
    "diaspora_registrar_settings": lambda w: {"pk": w.office.registrar_settings.pk},
    "diaspora_syndication_settings": lambda w: {"pk": w.office.syndication_settings.pk},
    "diaspora_remote_source": office_row("source"),
    "diaspora_partner": office_row("partner"),
    "diaspora_issue": office_row("issue"),
}
TABLE |= {f"diaspora_remote_item:{view}": no_keys for view in ("index", "index_results")}
TABLE |= {
    f"diaspora_remote_item:{view}": office_row("remote_item")
    for view in ("edit", "history", "history_results")
}
TABLE["diaspora_remote_source:list"] = no_keys
TABLE |= {f"diaspora_member:{view}": no_keys for view in ("index", "index_results", "add")}
TABLE |= {f"diaspora_member:{view}": office_row("member") for view in ("history", "history_results")}
BULK = {
    "diaspora_registrar.documenttype": ("kind", ("offer", "stop_offering")),
    "diaspora_syndication.remotesource": ("source", ("follow", "stay", "read_now", "pause", "resume")),
    "diaspora_syndication.remoteitem": ("remote_item", ("show", "hide")),
}
for name, keys in VIEWSETS.items():
    TABLE |= {f"{name}:{view}": no_keys for view in ("index", "index_results", "add")}
    TABLE |= {f"{name}:{view}": keys for view in ("edit", "delete", "history", "history_results", "usage")}
