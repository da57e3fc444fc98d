"""Files that are whole or not there: written beside themselves and moved into place, so that a kill leaves the old one or the new one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write what shall become `path`."""
    beside = path.with_name(path.name + ".tmp")
    yield beside
    beside.replace(path)


def write_json(path: Path, value: object, indent: int | None = None, end: str = "") -> None:
    with whole(path) as beside:
        beside.write_text(json.dumps(value, indent=indent) + end, encoding="utf-8")
