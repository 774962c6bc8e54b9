"""A citizen whose browser has no JavaScript, over the real URLs."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from wagtail_diaspora.registrar import links
from wagtail_diaspora.registrar.models import Draft

PERSON = {
    "relation": "parent",
    "family_name": "Šućur-Đukić",
    "forenames": "Ана Марија",
    "sex": "F",
    "date_of_birth": "01/04/1962",
    "place_of_birth": "Љубија",
    "father_name": "Đorđe",
    "mother_name": "Žana O’Neill",
    "jmbg": "",
}
YOU = {
    "forenames": "Ђорђе",
    "family_name": "Šućur",
    "country": "DE",
    "email": "djordje@example.net",
    "phone": "0711 12345",
    "purpose": "school",
}
ADDRESS = {
    "method": "post",
    "name": "Ђорђе Шућур",
    "lines": "Königstraße 1\r\nHinterhaus",
    "postcode": "70173",
    "city": "Stuttgart",
    "country": "DE",
}


def picture(name="passport.jpg"):
    out = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue())


class Citizen:
    """A browser on its way through the steps; each method follows the redirect of a valid POST."""

    def __init__(self, client):
        self.client = client
        self.url = reverse("diaspora_registrar:new_order")

    def post(self, **data):
        response = self.client.post(self.url, data)
        if response.status_code == 302:
            self.url = response.url
        return response

    def goes(self, name, **kwargs):
        draft = Draft.objects.get()
        self.url = links.address(name, draft=draft.pk, **kwargs)
        return self

    def as_far_as_check(self):
        self.post(type="birth", language="sr", copies="2")
        self.post(**PERSON)
        self.goes("you").post(**YOU)
        self.post(**ADDRESS)
        self.post(files=[picture()])
        return self
