from .issues import Contribution, Issue

__all__ = ["Contribution", "Issue"]
