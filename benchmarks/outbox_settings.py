from .settings import *  # noqa: F403
from .settings import INSTALLED_APPS

INSTALLED_APPS.append("django_tasks_db")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
