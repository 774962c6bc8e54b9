"""On which website a page stands, where Sites may share a root or stand below one another.

Public API: `sites_of(page)`, `stands_in(page, site_id)`. No query: Wagtail keeps the roots in its cache.
"""

from wagtail.models import Page, Site

__all__ = ["sites_of", "stands_in"]


def sites_of(page: Page) -> set[int]:
    """Keys of the Site that is the nearest above the page, or of all that have the same root."""
    above = [root for root in Site.get_site_root_paths() if page.url_path.startswith(root.root_path)]
    nearest = max((root.root_path for root in above), key=len, default="")
    return {root.site_id for root in above if root.root_path == nearest}


def stands_in(page: Page, site_id: int | None) -> bool:
    return site_id in sites_of(page)
