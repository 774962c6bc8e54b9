from django import template

from ..models import RemoteSource
from ..wording import left_out, status

register = template.Library()


@register.simple_tag
def diaspora_source_status(source: RemoteSource) -> str:
    return status(source)


@register.simple_tag
def diaspora_left_out(source: RemoteSource) -> list[str]:
    return left_out(source)
