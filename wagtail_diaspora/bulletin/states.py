"""What may follow what: an issue is put together, published, and may be taken back and put together anew."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

__all__ = ["IssueState"]


class IssueState(TextChoices):
    DRAFT = "draft", pgettext_lazy("issue of the bulletin", "Being put together")
    PUBLISHED = "published", pgettext_lazy("issue of the bulletin", "Published")
