"""Asks Lighthouse, as a phone, about the registrar's page, a step, a case, the proof page, and pages of news.

`python -m tests.quality.lighthouse lighthouse`, which `npm install --prefix FOLDER lighthouse` brings, with
`CHROME_PATH`. Prints the four scores of each page, and the kilobytes; ends with 1 when one is below 95, or
more than 60 KB came. Pages that are nobody's to find are not asked what a search engine makes of them; nor
is the host asked for uploaded pictures, which a web server gives where there is one.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.running.citizen import Citizen
from tests.running.host import RunningHost

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
OPTIONS = ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
OPTIONS += ["--chrome-flags=--headless --no-sandbox --disable-gpu"]
PICTURED = "--skip-audits=errors-in-console"
UNFOUND = "--skip-audits=is-crawlable,meta-description"
LEAST, MOST_KB = 95, 60


def pages(host: RunningHost) -> dict[str, list[str]]:
    """What is asked about each, after its address."""
    citizen = Citizen(host.url, 1)
    citizen.order()
    token = next(cookie.value for cookie in citizen.session.cookies if cookie.name == "diaspora_case_token")
    cookie = json.dumps({"Cookie": f"diaspora_case_token={token}"})
    return {
        "/virtuelni-maticar/": [],
        "/diaspora/order/new/": [UNFOUND],
        citizen.case.removeprefix(host.url): [UNFOUND, f"--extra-headers={cookie}"],
        "/diaspora/proof/": [UNFOUND],
        "/diaspora/feeds/": [UNFOUND],
        **{path: [PICTURED] for path in host.make_news()["pages"] if path.startswith("/vijesti/")},
    }


def asked(program: str, url: str, options: list[str]) -> tuple[list[int], float]:
    """Scores by category, and kilobytes."""
    done = subprocess.run([program, url, *OPTIONS, *options], check=True, stdout=subprocess.PIPE)
    report = json.loads(done.stdout)
    scores = [round(100 * report["categories"][name]["score"]) for name in CATEGORIES]
    requests = report["audits"]["network-requests"]["details"]["items"]
    return scores, sum(request["transferSize"] for request in requests) / 1000


def main(program: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        host = RunningHost(Path(folder))
        host.prepare()
        host.start()
        try:
            found = {path: asked(program, host.url + path, more) for path, more in pages(host).items()}
        finally:
            host.stop()
    for path, (scores, kilobytes) in found.items():
        named = " ".join(f"{name}={score}" for name, score in zip(CATEGORIES, scores, strict=True))
        print(f"{path.partition('?')[0][:32]:<32} {named} {kilobytes:.1f} KB")
    return int(any(min(scores) < LEAST or size > MOST_KB for scores, size in found.values()))


if __name__ == "__main__":
    if not os.environ.get("CHROME_PATH"):
        sys.exit("Set CHROME_PATH to the program of Chromium.")
    sys.exit(main(*sys.argv[1:]))
