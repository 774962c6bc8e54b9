"""A citizen without a browser, who presses the button again when nothing comes back."""

import io
import random
import re
import time

import requests
from PIL import Image

ANSWERS = {
    "item": {"type": "birth", "language": "sr", "copies": "1"},
    "person": {
        "relation": "self",
        "family_name": "Шућур",
        "forenames": "Чедо",
        "sex": "M",
        "date_of_birth": "1.4.1962.",
        "place_of_birth": "Љубија",
        "father_name": "Ђорђе",
        "mother_name": "Жана",
    },
    "delivery": {
        "method": "post",
        "name": "Čedo Šućur",
        "lines": "Königstraße 1",
        "postcode": "70173",
        "city": "Stuttgart",
        "country": "DE",
    },
}
DECLARED = {"declared": "on", "privacy": "on"}
YOU = {"forenames": "Чедо", "family_name": "Шућур", "country": "DE", "purpose": "passport"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
REFERENCE = re.compile(r'class="diaspora-reference">([0-9A-Z-]{11})<')


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG")
    return out.getvalue()


class Citizen:
    """`order` goes through all steps; `in_flight` is true while a request has no answer yet."""

    def __init__(self, url: str, number: int, *, patience: float = 60):
        self.url, self.patience = url, patience
        self.email = f"citizen-{number}@example.net"
        self.session = requests.Session()
        self.in_flight = False
        self.case = ""

    def order(self) -> str:
        """The reference that was promised."""
        return self.send(self.as_far_as_check())

    def as_far_as_check(self) -> str:
        """All steps but the last one, whose path it returns."""
        page = self.post("/diaspora/order/new/", **ANSWERS["item"])
        draft = re.search(r"/diaspora/order/([0-9a-f-]{36})/", page.url)[1]
        step = f"/diaspora/order/{draft}"
        self.post(f"{step}/person/0/", **ANSWERS["person"])
        self.post(f"{step}/you/", **YOU, email=self.email)
        self.post(f"{step}/delivery/", **ANSWERS["delivery"])
        self.post(f"{step}/identity/", files={"files": ("passport.jpg", picture(), "image/jpeg")})
        return f"{step}/check/"

    def send(self, check: str) -> str:
        return self.reference_of(self.post(check, **DECLARED))

    def write(self, body: str) -> None:
        """A message with a picture, in the thread of the order that was just sent."""
        page = self.ask("get", self.case)
        key = re.search(
            r'action="[^"]*/message/".*?name="key" value="([0-9a-f-]{36})"', page.text, re.DOTALL
        )[1]
        data = {"body": body, "key": key, "csrfmiddlewaretoken": TOKEN.search(page.text)[1]}
        files = {"files": ("better.jpg", picture(), "image/jpeg")}
        answer = self.ask("post", f"{self.case}message/", data=data, files=files)
        assert body in answer.text, answer.text

    def reference_of(self, sent: requests.Response) -> str:
        """Of the page that a send leads to; whoever sent before is shown the case at once."""
        if not REFERENCE.search(sent.text):
            sent = self.ask("get", f"{sent.url.rstrip('/')}/sent/")
        self.case = sent.url.removesuffix("sent/")
        return REFERENCE.search(sent.text)[1]

    def post(self, path: str, *, files: dict | None = None, **answers: str) -> requests.Response:
        form = self.ask("get", self.url + path)
        token = TOKEN.search(form.text)
        if token is None:
            return form
        data = {**answers, "csrfmiddlewaretoken": token[1]}
        return self.ask("post", self.url + path, data=data, files=files)

    def ask(self, method: str, url: str, **options) -> requests.Response:
        """Ask again, as people do, until the server answers."""
        last = None
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            try:
                self.in_flight = True
                response = self.session.request(method, url, timeout=20, **options)
                if response.status_code < 500:
                    return response
                last = response.status_code
            except requests.RequestException as error:
                last = error
            finally:
                self.in_flight = False
            time.sleep(random.uniform(0.05, 0.3))
        raise TimeoutError(f"{method} {url}: {last}")
