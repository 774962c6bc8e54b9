"""What websites and hubs say to each other, checked before it is believed; and what the invited type."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..actions.membership import origin_of, read_after
from ..fetching import FetchError, check_address
from ..states import MembershipState

__all__ = ["AddressForm", "JoinForm", "OwnForm", "StateForm"]

NEWSROOMS = 500
LONGEST = 1000


def checked(url: str) -> str:
    """An address that may be called, as far as that can be told without asking anybody."""
    URLValidator(schemes=["http", "https"])(url)
    try:
        check_address(url)
    except FetchError as error:
        raise ValidationError(str(error)) from None
    return url


class Said:
    """Text that a program says: anything else is no text, nor written out as one."""

    def to_python(self, value: Any) -> str:
        if value is not None and not (isinstance(value, str) and _is_text(value)):
            raise ValidationError(self.error_messages["required"])
        return super().to_python(value)


class SaidField(Said, forms.CharField):
    pass


class SaidEmailField(Said, forms.EmailField):
    pass


class SaidChoiceField(Said, forms.ChoiceField):
    pass


class AddressField(SaidField):
    def __init__(self, **kwargs: Any):
        super().__init__(max_length=LONGEST, validators=[checked], **kwargs)


class JoinForm(forms.Form):
    """`site`, `feed` and `callback` are at one place: nobody brings in somebody else's news."""

    name = SaidField(max_length=160)
    email = SaidEmailField(max_length=254)
    site = AddressField()
    feed = AddressField()
    callback = AddressField()
    nonce = SaidField(min_length=20, max_length=200)
    code = SaidField(max_length=200, required=False)

    def clean_site(self) -> str:
        parts = urlsplit(self.cleaned_data["site"])
        return f"{parts.scheme}://{parts.netloc}{parts.path}".lower().rstrip("/")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        places = {origin_of(said[name]) for name in ("site", "feed", "callback") if name in said}
        if len(places) > 1:
            raise ValidationError("site, feed and callback must be at one host.")
        return {"feed_url" if name == "feed" else name: value for name, value in said.items()}


class StateForm(forms.Form):
    """What a hub says at our callback. The body was read as JSON: no text in it is, once more."""

    nonce = SaidField(max_length=200)
    state = SaidChoiceField(
        choices=[(state, state) for state in MembershipState.values if state not in ("asked", "waiting")]
    )
    token = SaidField(min_length=20, max_length=200, required=False)
    chain = AddressField(required=False)
    hub = SaidField(max_length=160, required=False)
    read = forms.Field(required=False)
    """Which second of our news the hub has read last, when it has ended the membership."""
    untold = forms.Field(required=False)
    """Pairs of newsrooms, by their digests, and of items of ours that were read and not told to these."""

    def clean_read(self) -> int | None:
        read = self.cleaned_data["read"]
        if read is not None and read_after(read) is None:
            raise ValidationError("A second is wanted.")
        return read

    def clean_untold(self) -> list[tuple[list[str], list[UUID]]]:
        said = self.cleaned_data["untold"] or []
        if not isinstance(said, list) or not all(map(_is_pair, said)):
            raise ValidationError("Pairs of newsrooms and items are wanted.")
        try:
            return [(newsrooms, list(map(UUID, items))) for newsrooms, items in said]
        except ValueError:
            raise ValidationError("Names of items are wanted.") from None

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("state") == MembershipState.MEMBER and not (said.get("token") and said.get("chain")):
            raise ValidationError("A member needs a token and an address.")
        return said


class OwnForm(forms.Form):
    """Which newsrooms a member serves itself, and since when."""

    newsrooms = forms.Field(required=False)
    since = SaidField(max_length=40)

    def clean_newsrooms(self) -> list[str]:
        said = self.cleaned_data["newsrooms"] or []
        if not isinstance(said, list) or len(said) > NEWSROOMS or not all(map(_is_digest, said)):
            raise ValidationError("Digests are wanted.")
        return said

    def clean_since(self) -> datetime:
        """A moment that a clock may show, with its offset from UTC."""
        try:
            since = datetime.fromisoformat(self.cleaned_data["since"])
        except ValueError:
            since = datetime.min
        if since.tzinfo is None or not 2000 < since.year < 9000:
            raise ValidationError("A moment is wanted.")
        return since


class AddressForm(forms.Form):
    """For a website that is not ours."""

    address = forms.URLField(
        label=capfirst(_("address of your website or of its feed")),
        help_text=_("The first page of your website is enough: its feed is looked for there."),
        max_length=LONGEST,
        assume_scheme="https",
        validators=[checked],
    )


def _is_text(value: str) -> bool:
    """JSON may also say halves of characters, of which nobody can write one down."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_pair(value: Any) -> bool:
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, list) for part in value)):
        return False
    newsrooms, items = value
    return all(map(_is_digest, newsrooms)) and all(isinstance(item, str) for item in items)


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")
