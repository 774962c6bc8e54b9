"""Errors of the domain. A view turns them into a sentence for the person in front of it."""


class DiasporaError(Exception):
    """Base of our errors. `str(error)` is a translated sentence without personal data."""


class SomeoneWasFirst(DiasporaError):
    """The row changed since it was shown: another person acted, or the same form came twice."""


class TransitionNotAllowed(DiasporaError):
    """The state table has no such edge from where the row stands."""


class EnteredBefore(DiasporaError):
    """The same form was entered with other answers."""


class NotTogether(DiasporaError):
    """Nobody may ask for these documents together for one person."""


class KeysMissing(DiasporaError):
    """No encryption key is configured, or the one that sealed the data is not in the ring."""


class Tampered(DiasporaError):
    """Sealed data does not belong to this table, row and field, or was changed."""


class JournalBehind(DiasporaError):
    """Erasures are not in the journal yet: a restored backup would bring their data back."""


class UploadRefused(DiasporaError):
    """The file was not accepted; the message says what to do instead."""


class LimitReached(DiasporaError):
    """A rate limit or cap was reached. `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int):
        super().__init__(message)
        self.retry_after = retry_after
