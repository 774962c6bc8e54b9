"""What an edition is found by, and examples of good practice among them.

Public API: `found_by(item, content)`, `examples_of(municipality, language, …)`,
`best_editions(editions, language)`.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.scripts import fold_words

from ..markup import as_sentences
from ..models import Edition, Item, SyndicationSettings

__all__ = ["best_editions", "examples_of", "found_by"]

OWN = "own"

NEAR = {
    "bs": ("bs", "hr", "sr-latn", "sr"),
    "hr": ("hr", "bs", "sr-latn", "sr"),
    "sr": ("sr", "sr-latn", "bs", "hr"),
    "sr-latn": ("sr-latn", "bs", "hr", "sr"),
    "de": ("de", "en"),
}
"""Which languages a reader is served best by, the best first."""


def found_by(item: Item, content: dict[str, Any]) -> dict[str, str]:
    """Columns of the edition that tell its kind, topics and words, from what it says (`Content` as JSON)."""
    if "title" not in content:  # withdrawn
        return {"words": ""}
    codes = sorted(topic.code for topic in item.topics.all()) or content["topics"]
    said = [content["title"], content["summary"], *content["example"].values(), as_sentences(content["body"])]
    return {
        "kind": content["kind"],
        "topic_codes": f" {' '.join(codes)} "[:500] if codes else "",
        "words": " ".join(fold_words(" ".join(said))),
    }


def examples_of(
    municipality: Municipality, language: str, *, words: str = "", topic: str = "", publisher: str = ""
) -> QuerySet[Edition]:
    """Each once, in the nearest language; found by words and topics of any of its languages.

    `publisher` is the key of a source that a hub reads, or `OWN`.
    """
    examples = Edition.objects.examples().filter(channel__municipality=municipality)
    found = examples
    for word in fold_words(words):
        found = found.filter(words__contains=word)
    if topic:
        found = found.filter(_about(topic, municipality))
    if publisher:
        found = found.filter(_from(publisher))
    if words or topic or publisher:
        examples = examples.filter(item__in=found.order_by().values("item"))
    return best_editions(examples, language)


def best_editions(
    editions: QuerySet[Edition], language: str, *, only: Collection[str] = ()
) -> QuerySet[Edition]:
    """Of each item only the one in the nearest language, of `only` these if any are named."""
    taken = Q(language__in=only) if only else Q()
    ranked = editions.filter(taken).annotate(rank=_rank(language))
    better = Edition.objects.examples().filter(taken).order_by().annotate(rank=_rank(language))
    better = better.filter(item=OuterRef("item"), channel__municipality=OuterRef("channel__municipality"))
    nearer = Q(rank__lt=OuterRef("rank")) | Q(rank=OuterRef("rank"), pk__lt=OuterRef("pk"))
    return ranked.filter(~Exists(better.filter(nearer)))


def _rank(language: str) -> Case:
    order = NEAR.get(language, (language, "en"))
    whens = [When(language=code, then=Value(place)) for place, code in enumerate(order)]
    return Case(*whens, default=Value(len(order)), output_field=IntegerField())


def _about(topic: str, municipality: Municipality) -> Q:
    """Also what nobody gave a topic, where this is one of the usual."""
    told = Q(topic_codes__contains=f" {topic} ")
    usual = SyndicationSettings.objects.filter(municipality=municipality, topics__code=topic)
    return told | Q(Exists(usual), topic_codes="")


def _from(publisher: str) -> Q:
    if publisher == OWN:
        return Q(item__source=None)
    return Q(item__source=publisher) if publisher.isdecimal() else Q(pk__in=[])
