from .message import Message
from .periodic_run import PeriodicRun

__all__ = ["Message", "PeriodicRun"]
