from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Site

from wagtail_diaspora.news.blocks import EventsBlock, GoodPracticeBlock, LatestNewsBlock, VideoStoryBlock
from wagtail_diaspora.registrar.blocks import OrderBlock
from wagtail_diaspora.syndication.blocks import OtherMunicipalitiesBlock

LISTS = (LatestNewsBlock, GoodPracticeBlock, EventsBlock, OtherMunicipalitiesBlock)
VIDEO = {"title": "Naš grad", "url": "https://www.youtube.com/watch?v=primjer", "length": "3:20"}


def blocks(request: HttpRequest) -> HttpResponse:
    """A page of the host on which each of our blocks stands."""
    page = Site.find_for_request(request).root_page
    said = [(block(), {"heading": block.__name__, "count": 3, "topic": ""}) for block in LISTS]
    said += [(OrderBlock(), {"heading": "Dokumenti", "text": "", "count": 3}), (VideoStoryBlock(), VIDEO)]
    context = {"request": request, "page": page}
    shown = [block.render(block.to_python(value), context=context) for block, value in said]
    return render(request, "host/blocks.html", {"page": page, "blocks": shown})
