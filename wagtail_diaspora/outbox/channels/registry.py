from .base import Channel

__all__ = ["get", "known", "register"]

_channels: dict[str, type[Channel]] = {}


def register(channel: type[Channel]) -> None:
    if _channels.get(channel.name, channel) is not channel:
        raise ValueError(f"A channel named {channel.name!r} is already registered.")
    _channels[channel.name] = channel


def known(name: str) -> bool:
    return name in _channels


def get(name: str) -> type[Channel]:
    """Raises LookupError for a name that no installed room registered."""
    return _channels[name]
