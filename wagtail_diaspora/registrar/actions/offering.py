"""Documents that an office offers, switched on and off."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from wagtail_diaspora.db import retry_when_locked

from ..models import DocumentType


@retry_when_locked
@transaction.atomic
def set_offered(types: Iterable[DocumentType], *, offered: bool, user: Any) -> int:
    """Each by `save()`, which is how every process learns of it. Returns how many changed."""
    changed = [kind for kind in types if kind.active != offered]
    for kind in changed:
        kind.active = offered
        kind.save(update_fields=["active"])
        log(kind, "wagtail.edit", user=user, content_changed=True)
    return len(changed)
