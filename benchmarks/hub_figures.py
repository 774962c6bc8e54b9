"""Figures of one hub, in the migrated database of the settings: `python -m benchmarks.hub_figures 145`.

`DJANGO_SETTINGS_MODULE=benchmarks.settings` with `DIASPORA_TEST_PG` and `DIASPORA_TEST_DB`, or with
`DIASPORA_TEST_PLAIN_SQLITE=1` and `DIASPORA_TEST_DIR`; loopback must be allowed in `DIASPORA_TEST_OPTIONS`
(`FETCH_ALLOWED_ADDRESSES`). Builds its world first, unless it is there; a second run takes the same port
as a second argument. Prints a line for each piece of work: queries, milliseconds, of them those of the
processor, and by how many MiB the process has grown. `PARTS=screens,one` runs some of it, `SLOW=1` names
slow statements.
"""

import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import urlopen

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.conftest import LoopbackController  # noqa: E402
from tests.mailbox import Mailbox  # noqa: E402
from wagtail_diaspora.municipalities.models import Municipality  # noqa: E402
from wagtail_diaspora.outbox.actions import deliver_due  # noqa: E402
from wagtail_diaspora.rooms import collect  # noqa: E402
from wagtail_diaspora.syndication.actions import rounds, weekly  # noqa: E402
from wagtail_diaspora.syndication.blocks import OtherMunicipalitiesBlock  # noqa: E402
from wagtail_diaspora.syndication.models import (  # noqa: E402
    Delivery,
    FeedFile,
    Item,
    RemoteItem,
    RemoteSource,
)

from . import hub_world  # noqa: E402

SLOW = 0.05


class Figures:
    def __init__(self) -> None:
        self.queries, self.slow = 0, Counter()

    def watch(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - began
            self.queries += 1
            if took > SLOW:
                self.slow[sql if os.environ.get("WHOLE") else sql[:3000]] += took

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        self.queries, self.slow = 0, Counter()
        grown, began, worked = memory(), time.perf_counter(), time.process_time()
        with connection.execute_wrapper(self.watch):
            yield
        took, worked = time.perf_counter() - began, time.process_time() - worked
        words = f"{self.queries:7d} q {1000 * took:9.0f} ms {1000 * worked:9.0f} cpu"
        print(f"{name:44s} {words} {memory() - grown:5.0f} MiB", flush=True)
        if os.environ.get("SLOW"):
            for sql, seconds in self.slow.most_common(4):
                print(f"      {seconds:.2f} s  {sql}", flush=True)


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def publish(port: int, edition: int) -> None:
    urlopen(f"http://127.0.0.1:{port}/publish/{edition}").read()
    RemoteSource.objects.update(next_due_at=timezone.now(), failures=0, trouble="")


def screens(figures: Figures) -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(username="keeper"))
    hub = Municipality.objects.get()
    proof = (
        f"/admin/diaspora/news/proof/?municipality={hub.pk}&month={timezone.localdate():%Y-%m}&language=bs"
    )
    pages = {
        "home": "/admin/",
        "news of others": "/admin/diaspora_remote_item/",
        "news of others, waiting": "/admin/diaspora_remote_item/?state=waiting",
        "news of others, search": "/admin/diaspora_remote_item/?q=most",
        "sources of news": "/admin/diaspora_remote_source/",
        "members": "/admin/diaspora_member/",
        "ledger": "/admin/reports/diaspora-ledger/",
        "ledger, bounced": "/admin/reports/diaspora-ledger/?state=bounced",
        "ledger, last page": "/admin/reports/diaspora-ledger/?p=last",
        "ledger as CSV": "/admin/reports/diaspora-ledger/?export=csv",
        "ledger as XLSX": "/admin/reports/diaspora-ledger/?export=xlsx",
        "proof, parts": proof,
        "proof, a part": f"{proof}&part=2",
    }
    for name, url in pages.items():
        client.get(pages["home"])
        with figures.of(f"screen: {name}"):
            size = sum(map(len, answer(client, url)))
        print(f"      {size // 1024} KiB")
    public = Client(HTTP_HOST=hub.site.hostname)
    for url in (
        "/diaspora/feeds/",
        "/diaspora/good-practice/",
        "/diaspora/good-practice/?words=most+rijeke",
        "/diaspora/good-practice/?topic=sport",
        "/diaspora/feeds/mreza/bs/all/rss.xml",
        "/diaspora/news-sitemap.xml",
    ):
        with figures.of(f"public: {url}"):
            size = sum(map(len, answer(public, url)))
        print(f"      {size // 1024} KiB")
    request = RequestFactory().get("/", HTTP_HOST=hub.site.hostname)
    for topic in ("", "sport", "nothing like it"):
        block = OtherMunicipalitiesBlock()
        value = block.to_python({"heading": "", "count": 3, "topic": topic})
        with figures.of(f"block: {topic or 'all topics'}"):
            block.render(value, {"request": request})


def answer(client: Client, url: str) -> Iterator[bytes]:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    yield from response.streaming_content if response.streaming else [response.content]


def members(figures: Figures, towns: int) -> None:
    for after in ("", f"{timezone.now().isoformat()}~0", "2026-01-01T00:00:00+00:00~0"):
        hub = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {hub_world.token(towns - 1)}")
        with figures.of(f"chain: after {after[:10] or 'nothing'}"):
            said = hub.get("/diaspora/chain/", {"after": after}).json()
        print(f"      {len(said['lines'])} lines")


def tick(figures: Figures, title: str) -> None:
    for job in collect("diaspora_jobs"):
        with figures.of(f"{title}: {job.name}"):
            said = job.run()
        if said:
            print(f"      {said}")


def main(towns: int, port: int = 0) -> None:
    command = [sys.executable, "-m", "benchmarks.hub_towns", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    mailbox = Mailbox()
    controller = LoopbackController(mailbox)
    try:
        port = int(server.stdout.readline())
        run(towns, port, mailbox, controller)
    finally:
        server.kill()


def run(towns: int, port: int, mailbox: Mailbox, controller: LoopbackController) -> None:
    figures = Figures()
    if not RemoteSource.objects.exists():
        with figures.of("build"):
            hub_world.build(towns, port)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print({model.__name__: model.objects.count() for model in (RemoteItem, Item, FeedFile, Delivery)})
    wanted = os.environ.get("PARTS", "screens,members,quiet,one,burst").split(",")
    if "screens" in wanted:
        screens(figures)
    if "members" in wanted:
        members(figures, towns)
    if "quiet" in wanted:
        RemoteSource.objects.update(next_due_at=timezone.now() + timezone.timedelta(days=1))
        tick(figures, "quiet")
        tick(figures, "quiet again")
        with figures.of("weekly, read only"):
            weekly._week_of(Municipality.objects.get())
        RemoteSource.objects.update(next_due_at=timezone.now())
        with figures.of("round, nothing new"):
            rounds.read_others()
    if "one" in wanted:
        one(figures)
    if "burst" in wanted:
        controller.start()
        settings.EMAIL_PORT = controller.port
        burst(figures, port, mailbox)
        controller.stop()


def one(figures: Figures) -> None:
    """One piece of news is shown that was not."""
    remote = RemoteItem.objects.filter(state="shown", language="bs").order_by("-published_at").first()
    other = {"title": f"{remote.title} {time.time()}", "digest": f"{time.time()}"}
    RemoteItem.objects.filter(pk=remote.pk).update(**other)
    RemoteSource.objects.filter(pk=remote.source_id).update(look_at=timezone.now())
    before = set(FeedFile.objects.values_list("pk", flat=True))
    with figures.of("one change: publish"):
        rounds.publish()
    print(f"      {FeedFile.objects.exclude(pk__in=before).count()} of {len(before)} files written")


def burst(figures: Figures, port: int, mailbox: Mailbox) -> None:
    edition = int(time.time()) % 1000 if os.environ.get("AGAIN") else 1
    publish(port, edition)
    with figures.of("burst: read"):
        while RemoteSource.objects.due(timezone.now()).exists():
            rounds.read_others()
    with figures.of("burst: publish"):
        rounds.publish()
    with figures.of("burst: note"):
        rounds.tell()
    Delivery.objects.waiting().filter(due_at__lte=timezone.now() + timezone.timedelta(minutes=16)).update(
        due_at=timezone.now()
    )
    with figures.of("burst: mails written"):
        while rounds.tell():
            pass
    with figures.of("burst: mails sent"):
        while deliver_due():
            pass
    told = Counter((mail["To"], mail["Subject"]) for mail in mailbox.messages)
    print(f"      {len(mailbox.messages)} mails, at most {max(told.values(), default=0)} alike")
    print("      ", Counter(mail["To"] for mail in mailbox.messages))
    print("      ", Counter(Delivery.objects.waiting().values_list("partner__name", flat=True)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
