"""Asks the Nu HTML checker about every page of a citizen, in each language, also with errors,
and about what everybody and a newsroom reads of news.

`python -m tests.quality.markup vnu.jar`, which `npm install --ignore-scripts --prefix FOLDER vnu-jar` brings
and Java 17 runs. Ends with 1 when anything is wrong.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.running import citizen
from tests.running.host import RunningHost

LANGUAGES = ("bs", "hr", "sr-latn", "sr", "de", "en")
OUTSIDE = ("order/new", "lost-link", "proof", "proof/AAAA-BBBB-CCCC", "open/x", "resume/x", "confirm/x")
OF_CASE = ("", "sent", "withdraw", "export", "request", "change", "change/email", "files")


class Reader(citizen.Citizen):
    """Goes through an order in one language, and keeps each page in `folder`."""

    def __init__(self, url: str, number: int, *, language: str, folder: Path):
        super().__init__(url, number)
        self.language, self.folder, self.pages = language, folder, 0

    def read_news(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.look(path)

    def read(self) -> None:
        self.look("/virtuelni-maticar/")
        for name in OUTSIDE:
            self.look(f"/diaspora/{name}/")
        self.wrong("/diaspora/lost-link/")
        self.wrong("/diaspora/order/new/")
        check = self.as_far_as_check()
        draft = check.removesuffix("check/")
        for step in ("item/0", "person/0", "you", "delivery", "identity", "check"):
            self.wrong(f"{draft}{step}/")
        for step in ("documents", "item/1", "erase"):
            self.look(f"{draft}{step}/")
        self.send(check)
        for name in OF_CASE:
            self.look(f"{self.case.removeprefix(self.url)}{name}/".replace("//", "/"))

    def look(self, path: str) -> str:
        return self.keep(self.ask("get", f"{self.url}{path}", params={"language": self.language}).text)

    def wrong(self, path: str) -> None:
        """As it is shown, and as it is shown to whoever leaves it empty."""
        token = citizen.TOKEN.search(self.look(path))
        empty = {"csrfmiddlewaretoken": token[1]}
        self.keep(self.ask("post", f"{self.url}{path}", params={"language": self.language}, data=empty).text)

    def keep(self, page: str) -> str:
        self.pages += 1
        (self.folder / f"{self.language}-{self.pages:02}.html").write_text(page, encoding="utf-8")
        return page


def main(jar: str) -> int:
    with tempfile.TemporaryDirectory() as host_folder, tempfile.TemporaryDirectory() as folder:
        host = RunningHost(Path(host_folder))
        host.prepare()
        news = host.make_news()["pages"]
        host.start()
        try:
            for number, language in enumerate(LANGUAGES):
                reader = Reader(host.url, number, language=language, folder=Path(folder))
                reader.read()
                reader.read_news(news)
        finally:
            host.stop()
        pages = len(list(Path(folder).iterdir()))
        done = subprocess.run(["java", "-jar", jar, folder], capture_output=True, text=True)
    said = done.stderr.splitlines()
    print("\n".join([*said, f"{pages} pages, {len(said)} messages"]))
    return int(bool(said))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
