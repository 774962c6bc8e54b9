from tests.outbox.memory import MemoryChannel
from wagtail_diaspora.outbox.tasks import task


@task()
def deliver_mail(recipient: str, payload: dict) -> None:
    MemoryChannel.delivered.append((recipient, payload))
