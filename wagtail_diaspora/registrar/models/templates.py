from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.citizens import language_name
from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.words import WordsField, say

from ..placeholders import NAMES, mistakes_in


class MessageTemplateQuerySet(models.QuerySet):
    def offered_by(self, municipality: Municipality | int) -> "MessageTemplateQuerySet":
        return self.filter(municipality=municipality, active=True)


class MessageTemplate(models.Model):
    """Words that an office writes often, in each language, with places for the facts of an order."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.CASCADE,
        related_name="message_templates",
        verbose_name=_("municipality"),
    )
    code = models.SlugField(_("code"), max_length=40)
    name = WordsField(pgettext_lazy("diaspora", "name"))
    body = WordsField(_("message"), rows=5)
    active = models.BooleanField(_("offered to clerks"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("order in the list"), default=0)

    objects = MessageTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="diaspora_message_template_code")
        ]

    def __str__(self) -> str:
        return say(self.name, get_language()) or self.code

    def clean(self) -> None:
        """Each placeholder must be one that is known."""
        super().clean()
        wrong = [
            f"{language_name(code)}: {mistake}"
            for code, text in (self.body or {}).items()
            for mistake in mistakes_in(text)
        ]
        if wrong:
            known = " ".join(f"{{{name}}}" for name in NAMES)
            wrong.append(_("These can be used: %(names)s") % {"names": known})
            raise ValidationError({"body": wrong})
