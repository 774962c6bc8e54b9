from django.db import models

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.vault.models import AbstractSearchDigest

from .orders import Order


class SearchDigest(AbstractSearchDigest):
    """By which an order is found: words of names, JMBG, e-mail, phone, folded and keyed."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="digests")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "digest", "order"], name="diaspora_search_digest"
            )
        ]

    def __str__(self) -> str:
        return self.kind
