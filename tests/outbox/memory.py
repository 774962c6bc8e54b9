from wagtail_diaspora.outbox.channels.base import Channel


class MemoryChannel(Channel):
    """The in-memory twin of a channel. `failures` are raised first, one for each `send`."""

    name = "memory"
    delivered: list[tuple[str, dict]] = []
    failures: list[Exception] = []
    opened_times = 0

    @classmethod
    def forget(cls):
        cls.delivered, cls.failures, cls.opened_times = [], [], 0

    def open(self, *, until):
        type(self).opened_times += 1

    def send(self, message):
        if self.failures:
            raise self.failures.pop(0)
        self.delivered.append((message.recipient, message.payload))
