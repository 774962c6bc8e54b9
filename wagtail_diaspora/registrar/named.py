"""What the report of readings calls orders and their files, and where they are."""

from django.urls import reverse

from wagtail_diaspora.vault.access import Name

from .models import Order, OrderFile


def orders(keys: list[str]) -> dict[str, Name]:
    return {str(order.pk): _name(order) for order in Order.objects.filter(pk__in=keys)}


def files(keys: list[str]) -> dict[str, Name]:
    """By the order that they came with."""
    rows = OrderFile.objects.filter(pk__in=keys).exclude(order=None).select_related("order")
    return {str(row.pk): _name(row.order) for row in rows}


def _name(order: Order) -> Name:
    return order.reference, reverse("diaspora_desk:case", args=[order.pk])
