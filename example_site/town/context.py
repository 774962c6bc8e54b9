from wagtail.models import Site


def town(request):
    """Name and menu of the site that answers."""
    site = Site.find_for_request(request)
    if site is None:
        return {}
    menu = site.root_page.get_children().live().public().in_menu()
    return {"town_name": site.site_name, "town_menu": menu, "town_site": site}
