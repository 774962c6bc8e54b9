from wagtail.models import Page


class HomePage(Page):
    template = "host/home_page.html"
