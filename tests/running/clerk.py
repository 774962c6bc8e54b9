"""A clerk without a browser, logged in to the admin."""

import re

import requests

from .citizen import TOKEN
from .host import PASSWORD


class Clerk:
    def __init__(self, url: str):
        self.url, self.session = url, requests.Session()
        self.post("/admin/login/", username="clerk", password=PASSWORD)

    def open_case(self, reference: str) -> str:
        """The path of the case."""
        queue = self.session.get(f"{self.url}/admin/diaspora/orders/").text
        return re.search(rf'href="(/admin/diaspora/orders/[0-9a-f-]{{36}}/)">{reference}<', queue)[1]

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of a step's page, and its address."""
        page = self.session.get(self.url + path).text
        version = re.search(r'name="version" value="(\d+)"', page)
        return {"csrfmiddlewaretoken": TOKEN.search(page)[1], **({"version": version[1]} if version else {})}

    def post(self, path: str, **answers: str) -> requests.Response:
        return self.session.post(self.url + path, data={**self.form(path), **answers}, timeout=60)
