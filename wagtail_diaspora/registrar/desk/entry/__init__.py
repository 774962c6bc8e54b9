from .view import EnterView

__all__ = ["EnterView"]
