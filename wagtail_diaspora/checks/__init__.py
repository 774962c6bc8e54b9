"""System checks of the whole: each with an id, a sentence and the mend. A room has its own."""

from . import site, values  # noqa: F401
