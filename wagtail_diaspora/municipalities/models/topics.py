from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_diaspora.scripts import fold
from wagtail_diaspora.words import WordsField, say


class Topic(models.Model):
    """What a piece of news is about. One list for all municipalities, so that partners can choose from it."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = WordsField(pgettext_lazy("diaspora", "name"))

    class Meta:
        verbose_name = pgettext_lazy("news", "topic")
        verbose_name_plural = pgettext_lazy("news", "topics")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(code="all"),
                name="diaspora_topic_code",
                violation_error_message=_("In addresses “all” stands for every topic. Choose another code."),
            )
        ]

    def __str__(self) -> str:
        return say(self.name) or self.code

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Of codes, in the order of their names in the reader's language."""
        named = ((topic.code, str(topic)) for topic in cls.objects.all())
        return sorted(named, key=lambda choice: fold(choice[1]))
