from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from wagtail.models import Page

from wagtail_diaspora.citizens import citizen_context, known_language, language_name


class SpokenPage(Page):
    """A page that speaks throughout in the language of its own locale, on any host.

    Its language switch leads to the page's translations, where there are any.
    """

    page_ptr = models.OneToOneField(
        Page,
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        # Django's own name for it is that of the class, and a host may have its NewsPage, too.
        related_name="%(app_label)s_%(class)s",
    )

    class Meta:
        abstract = True

    @property
    def spoken_language(self) -> str:
        """The citizens' language around the text; our words in any other are the English ones."""
        return known_language(self.locale.language_code) or "en"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(self.spoken_language):
            response = super().serve(request, *args, **kwargs).render()
        response["Content-Language"] = self.locale.language_code
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            **citizen_context(request, language=self.spoken_language),
            "diaspora_languages": self._languages(request),
            "title": self.seo_title or self.title,
        }

    def _languages(self, request: HttpRequest) -> list[dict[str, Any]]:
        if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return []
        pages = self.get_translations(inclusive=True).live().public().select_related("locale")
        coded = [(known_language(page.locale.language_code), page) for page in pages]
        return [
            {
                "code": code,
                "name": language_name(code),
                "current": page.pk == self.pk,
                "query": page.get_url(request),
            }
            for code, page in coded
            if code
        ]
