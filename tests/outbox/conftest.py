import pytest

from tests.outbox.memory import MemoryChannel
from wagtail_diaspora.outbox.channels import registry


@pytest.fixture
def memory():
    registry.register(MemoryChannel)
    MemoryChannel.forget()
    return MemoryChannel
