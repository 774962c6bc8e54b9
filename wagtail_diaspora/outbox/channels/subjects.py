"""Subjects encoded whole.

Software in newsrooms shows only the first encoded word of a subject, and Django and Python would split a
long one, or encode only its non-ASCII words. So a subject is one encoded word, longer than RFC 2047's 75
characters when it must be, and split after all where a line would pass RFC 5322's 998.
"""

from email.charset import BASE64, QP, Charset
from email.header import Header
from email.policy import EmailPolicy

__all__ = ["LONGEST_LINE", "encoded_whole", "keeping_subjects_whole"]

LONGEST_LINE = 900
WHOLE = ("subject", "list-unsubscribe")


def encoded_whole(subject: str) -> str:
    """`subject` on one line, as it stands when it is ASCII, else as the shorter of Q and B encoding."""
    subject = " ".join(subject.split())
    if subject.isascii():
        return subject
    shortest = min((_encoded(subject, encoding) for encoding in (QP, BASE64)), key=len)
    return shortest if len(shortest) <= LONGEST_LINE else Header(subject, "utf-8").encode()


def _encoded(subject: str, encoding: int) -> str:
    charset = Charset("utf-8")
    charset.header_encoding = encoding
    return charset.header_encode(subject)


class _WholeSubjects(EmailPolicy):
    """Django 6 builds mails with Python's modern policies, which decode and fold every header again.

    They encode an address that is longer than a line, too, and then no mail program unsubscribes by it.
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() == "list-unsubscribe":
            return f"{name}: {value}{self.linesep}"
        if name.lower() != "subject":
            return super().fold(name, value)
        lines = encoded_whole(str(value)).splitlines()
        return f"{name}: {self.linesep.join(lines)}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() not in WHOLE:
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


def keeping_subjects_whole(policy: EmailPolicy) -> EmailPolicy:
    options = {name: value for name, value in vars(policy).items() if not name.startswith("_")}
    return _WholeSubjects(**options)
