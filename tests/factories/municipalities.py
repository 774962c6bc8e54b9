import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from wagtail_diaspora.municipalities.models import GroupMunicipalityPermission, Municipality


class MunicipalityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Municipality

    code = factory.Sequence(lambda n: f"grad-{n}")
    name = factory.LazyAttribute(lambda one: {"bs": one.code})
    entity = "fbih"
    email = "maticar@example.org"


def user_with(*permissions, municipality, **fields):
    """A user whose only group has these permissions, `app_label.codename`, for one municipality."""
    number = get_user_model().objects.count()
    user = get_user_model().objects.create(username=f"user-{number}", **fields)
    group = Group.objects.create(name=f"group-{number}")
    user.groups.add(group)
    for name in permissions:
        app_label, codename = name.split(".")
        permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
        GroupMunicipalityPermission.objects.create(
            group=group, municipality=municipality, permission=permission
        )
    return user
