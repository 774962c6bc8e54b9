"""The code on a paper, and what the office says to whoever asks about it."""

import secrets

from wagtail_diaspora.municipalities.models import Municipality
from wagtail_diaspora.vault.crypto import digest, digests

from .models import Paper
from .references import ALPHABET

_KIND, _LENGTH = "paper", 16


def new_code() -> str:
    """Sixteen letters and digits (78 bits), printed in groups of four; kept sealed, found by its digest."""
    return "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))


def proof_digest(code: str) -> bytes:
    return digest(_KIND, code)


def renew_digest(paper: Paper) -> None:
    """Make the digest of a paper's code again when it is not that of the sealing key."""
    wanted = proof_digest(paper.code)
    if bytes(paper.proof_digest) != wanted:
        paper.proof_digest = wanted
        paper.save(update_fields=["proof_digest"])


def paper_for(typed: str, office: Municipality | None) -> Paper | None:
    """The paper of this office that bears the code, however it was typed."""
    code = "".join(c for c in typed.upper() if c in ALPHABET)
    if office is None or len(code) != _LENGTH:
        return None
    papers = Paper.objects.filter(municipality=office).select_related("municipality")
    return papers.filter(proof_digest__in=digests(_KIND, code)).first()


def grouped(code: str) -> str:
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))
