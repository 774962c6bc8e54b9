import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from wagtail_diaspora.outbox import leases
from wagtail_diaspora.rooms import Job, collect

PAUSE = 5


class Command(BaseCommand):
    help = "Do all periodic work that is due: one cron line, or --loop under a supervisor."

    def add_arguments(self, parser):
        parser.add_argument(
            "--loop", action="store_true", help="Stay, and end on SIGTERM after the current job."
        )
        parser.add_argument("--only", metavar="NAME", help="Run this job now, due or not.")

    def handle(self, *args, loop: bool, only: str | None, verbosity: int, **options):
        self.verbosity, self.stopping = verbosity, threading.Event()
        jobs = chosen(only)
        if loop:
            self.keep_running(jobs)
        elif failed := self.run_round(jobs, force=bool(only)):
            raise CommandError("These jobs failed, see the log: " + ", ".join(failed))

    def keep_running(self, jobs: list[Job]) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            self.run_unless_database_is_away(jobs)
            self.stopping.wait(PAUSE)

    def run_unless_database_is_away(self, jobs: list[Job]) -> None:
        close_old_connections()
        try:
            self.run_round(jobs)
        except (DatabaseError, InterfaceError) as error:
            self.stderr.write(f"The database did not answer: {type(error).__name__}")
            connection.close()

    def run_round(self, jobs: list[Job], *, force: bool = False) -> list[str]:
        """Names of the jobs that failed."""
        failed = []
        for job in jobs:
            if self.stopping.is_set():
                break
            if run := leases.run(job, force=force):
                self.tell(run)
                failed += [job.name] if run.failed else []
        return failed

    def tell(self, run) -> None:
        if run.failed:
            self.stderr.write(f"{run.name}: {run.outcome}")
        elif self.verbosity > 1 or (self.verbosity and run.outcome):
            self.stdout.write(f"{run.name}: {run.outcome}")


def chosen(only: str | None) -> list[Job]:
    jobs = list(collect("diaspora_jobs"))
    if only is None:
        return jobs
    if found := [job for job in jobs if job.name == only]:
        return found
    raise CommandError(f"There is no job {only!r}. There are: " + ", ".join(job.name for job in jobs))
