from .base import AbstractNewsPage
from .events import AbstractEventPage, EventPage
from .good_practice import AbstractGoodPracticePage, Follower, GoodPracticePage
from .index import AbstractNewsIndexPage, NewsIndexPage
from .news import NewsPage

__all__ = [
    "AbstractEventPage",
    "AbstractGoodPracticePage",
    "AbstractNewsIndexPage",
    "AbstractNewsPage",
    "EventPage",
    "Follower",
    "GoodPracticePage",
    "NewsIndexPage",
    "NewsPage",
]
