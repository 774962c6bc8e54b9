from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.exceptions import DiasporaError


class RemoteTrouble(DiasporaError):
    """`code` is how a row keeps it, `sentence` what a person reads."""

    code = "unknown"
    sentence: Any = _("The address could not be read.")

    def __str__(self) -> str:
        return str(self.sentence)


class FetchError(RemoteTrouble):
    """There is no answer."""


class NotAnAddress(FetchError):
    code = "not_an_address"
    sentence = _("This is no address of a web page: it must begin with https:// or http://.")


class AddressRefused(FetchError):
    code = "refused"
    sentence = _("The address leads into a private network, which is not read from here.")


class NotReached(FetchError):
    code = "not_reached"
    sentence = _("No server answers at this address.")


class CertificateRefused(FetchError):
    code = "certificate"
    sentence = _("The server’s certificate is not valid.")


class TooSlow(FetchError):
    code = "slow"
    sentence = _("The server took too long to answer.")


class TooLarge(FetchError):
    code = "large"
    sentence = _("What the server sent is too large.")


class TooManyRedirects(FetchError):
    code = "redirects"
    sentence = _("The address leads on and on from one address to the next.")


class BrokenAnswer(FetchError):
    code = "broken"
    sentence = _("The server’s answer cannot be understood.")
