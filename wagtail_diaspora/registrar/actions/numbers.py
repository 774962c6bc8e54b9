from django.db.models import F

from wagtail_diaspora.municipalities.models import Municipality

from ..models import Counter


def next_number(municipality: Municipality, *, series: str, year: int) -> int:
    """The next number without a gap: the row stays locked until the caller's transaction ends."""
    key = {"municipality": municipality, "series": series, "year": year}
    if not Counter.objects.filter(**key).update(value=F("value") + 1):
        Counter.objects.get_or_create(**key)
        Counter.objects.filter(**key).update(value=F("value") + 1)
    return Counter.objects.values_list("value", flat=True).get(**key)
