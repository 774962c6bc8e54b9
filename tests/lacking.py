"""What a test needs and this machine does not have: a named skip, and in CI a failure."""

import os

import pytest


def lacking(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)
