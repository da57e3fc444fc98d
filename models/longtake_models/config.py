"""The recipe, one file a part in `recipe/` (or in LONGTAKE_RECIPE), and where files lie: never where a command is started."""

import functools
import hashlib
import os
import tomllib
from pathlib import Path
from typing import Any, TypeAlias

from .refused import Refused

PACKAGE = Path(__file__).resolve().parent
Settings: TypeAlias = dict[str, Any]


def files() -> list[Path]:
    """The recipe's files, in the order of their names."""
    return sorted(Path(os.environ.get("LONGTAKE_RECIPE") or PACKAGE / "recipe").glob("*.toml"), key=lambda path: path.name)


@functools.cache
def load() -> dict[str, Settings]:
    """part -> its settings, a dictionary each."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files()}


def digest() -> str:
    """SHA-256 over the recipe's files, in the order of their names."""
    total = hashlib.sha256()
    for path in files():
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def clone(path: str, instead: str) -> Path:
    """A path in the clone that this package is imported from; an installed copy has none, and there `instead` must be given."""
    if not (PACKAGE.parent / "pyproject.toml").is_file():
        raise Refused(f"{instead} is missing: only in a clone is it {path}, and this package is installed in {PACKAGE.parent}")
    return PACKAGE.parent.parent / path


def work(name: str) -> Path:
    """A file in the working folder of the training, LONGTAKE_WORK or models/work of the clone, which is made if it is missing."""
    said = os.environ.get("LONGTAKE_WORK")
    folder = Path(said).resolve() if said else clone("models/work", "the variable LONGTAKE_WORK")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def made(name: str, command: str) -> Path:
    """A file of the working folder that `command` makes."""
    path = work(name)
    if not path.exists():
        raise Refused(f"{path} is missing: python -m longtake_models.{command} makes it")
    return path
