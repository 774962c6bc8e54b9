from datetime import timedelta

from django.utils.translation import ngettext

from wagtail_diaspora.rooms import Job

from .actions import hub, joining, listening, members, membership_rounds, releasing, rounds, weekly


def publish() -> str | None:
    return _sentence(rounds.publish())


def compare() -> str | None:
    return _sentence(rounds.compare())


def read_others() -> str | None:
    """Sources with something new."""
    if changed := rounds.read_others():
        words = ngettext("%(count)d source has news.", "%(count)d sources have news.", changed)
        return words % {"count": changed}
    return None


def release() -> str | None:
    if released := releasing.release():
        words = ngettext(
            "%(count)d piece of news is free of its embargo.",
            "%(count)d pieces of news are free of their embargo.",
            released,
        )
        return words % {"count": released}
    return None


def end_leases() -> str | None:
    if ended := hub.end_leases():
        words = ngettext("%(count)d subscription ended.", "%(count)d subscriptions ended.", ended)
        return words % {"count": ended}
    return None


def listen() -> None:
    listening.listen()


def call_hubs() -> None:
    """What a municipality says to its hub and reads there, and what a hub says to its members."""
    members.call_members()
    membership_rounds.call_hubs()


def expire() -> None:
    joining.expire()


def tell() -> str | None:
    if sent := rounds.tell():
        words = ngettext("%(count)d mail to newsrooms.", "%(count)d mails to newsrooms.", sent)
        return words % {"count": sent}
    return None


def _sentence(told: int) -> str | None:
    if not told:
        return None
    words = ngettext("%(count)d change of news told.", "%(count)d changes of news told.", told)
    return words % {"count": told}


def summarise() -> str | None:
    if written := weekly.summarise():
        words = ngettext("%(count)d summary of the week.", "%(count)d summaries of the week.", written)
        return words % {"count": written}
    return None


JOBS = [
    Job(name="syndication.compare", run=compare, every=timedelta(minutes=10)),
    Job(name="syndication.hub", run=call_hubs, every=timedelta(minutes=1)),
    Job(name="syndication.hub_expiry", run=expire, every=timedelta(hours=12)),
    Job(name="syndication.leases", run=end_leases, every=timedelta(hours=1)),
    Job(name="syndication.listen", run=listen, every=timedelta(minutes=10)),
    Job(name="syndication.poll", run=read_others, every=timedelta(minutes=1)),
    Job(name="syndication.publish", run=publish, every=timedelta(seconds=5)),
    Job(name="syndication.release", run=release, every=timedelta(minutes=1)),
    Job(name="syndication.tell", run=tell, every=timedelta(seconds=30)),
    Job(name="syndication.weekly", run=summarise, every=timedelta(hours=1)),
]
