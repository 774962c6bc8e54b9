import traceback

__all__ = ["without_text"]


def without_text(error: BaseException) -> str:
    """Class and place of an error for the log. Its text stays out: it may quote a person's data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    return f"{type(error).__name__}{place}"
