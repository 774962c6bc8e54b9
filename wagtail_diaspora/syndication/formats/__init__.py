from dataclasses import dataclass, asdict
import json


@dataclass(frozen=True)
class Format:
    name: str
    suffix: str
    content_type: str
    write: object
    label: str


def write(feed):
    return json.dumps(asdict(feed), default=str, ensure_ascii=False).encode()


FORMATS = {"json": Format("json", "json", "application/feed+json", write, "JSON Feed")}
