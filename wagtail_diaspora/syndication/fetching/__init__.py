"""Reading and writing at addresses that strangers gave us.

Public API: `fetch`, `post`, `Fetched`, `check_address`, and the errors, each with a sentence for the person
who gave the address. Only http and https to public addresses, looked up once and connected to as they were
looked up, also after a redirect; certificates are verified; everything ends at a deadline and at a size.
"""

from .errors import (
    AddressRefused,
    BrokenAnswer,
    CertificateRefused,
    FetchError,
    NotAnAddress,
    NotReached,
    RemoteTrouble,
    TooLarge,
    TooManyRedirects,
    TooSlow,
)
from .exchange import Fetched, fetch, post
from .session import check_address

__all__ = [
    "AddressRefused",
    "BrokenAnswer",
    "CertificateRefused",
    "FetchError",
    "Fetched",
    "NotAnAddress",
    "NotReached",
    "RemoteTrouble",
    "TooLarge",
    "TooManyRedirects",
    "TooSlow",
    "check_address",
    "fetch",
    "post",
]
