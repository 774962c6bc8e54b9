"""An office that gives files with its messages, and an applicant who opens them."""

import uuid

from django.contrib.auth import get_user_model

from tests.registrar.citizen import picture
from wagtail_diaspora.registrar import actions
from wagtail_diaspora.registrar.models.thread import FileKind
from wagtail_diaspora.vault import inspection


def named(name):
    file = picture()
    file.name = name
    return file


def given(order, *names, kind=FileKind.OFFICE):
    """A message of the office, with files that were inspected."""
    user = get_user_model().objects.get_or_create(username="giver")[0]
    files = [(kind, inspection.inspect(named(name))) for name in names]
    actions.write_to_applicant(order, user=user, key=uuid.uuid4(), body="Here it is.", files=files)
    return list(order.files.order_by("-created_at")[: len(names)])[::-1]


def opened(applicant):
    answer = applicant.post("files", {"code": applicant.code("files")})
    assert answer.status_code == 302 and answer.url == applicant.url("files")
    return applicant
