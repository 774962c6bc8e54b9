"""The suite's host for a process of its own, on the database of the test that started it."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, INSTALLED_APPS

DATABASES["default"]["NAME"] = os.environ["OUTBOX_DATABASE"]
EMAIL_PORT = int(os.environ.get("OUTBOX_SMTP_PORT", "1"))
EMAIL_TIMEOUT = 30
if job_log := os.environ.get("OUTBOX_JOB_LOG"):
    INSTALLED_APPS.append("tests.outbox.clockwork")
    CLOCKWORK_LOG = job_log
