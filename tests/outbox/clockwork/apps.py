from wagtail_diaspora.rooms import Room


class ClockworkConfig(Room):
    """A room with one slow job and one that fails."""

    name = "tests.outbox.clockwork"
    label = "clockwork"
    diaspora_jobs = "tests.outbox.clockwork.jobs.JOBS"
