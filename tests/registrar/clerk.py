"""A clerk, and what they press."""

from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.factories.municipalities import user_with
from wagtail_diaspora.registrar.models import Order

QUEUE = "/admin/diaspora/orders/"
CLERK = ("diaspora_registrar.view_order", "diaspora_registrar.change_order")


def a_clerk(office, *permissions):
    user = user_with(*(permissions or CLERK), municipality=office)
    user.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


def step_url(order, step, item=None):
    url = reverse("diaspora_desk:step", args=[order.pk, step])
    return f"{url}?item={item.pk}" if item else url


def do(client, order, step, item=None, **answers):
    version = Order.objects.get(pk=order.pk).version
    return client.post(step_url(order, step, item), {"version": version, **answers}, follow=True)
