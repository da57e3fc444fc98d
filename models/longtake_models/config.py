"""The recipe, one file a part, and where files lie: never where a command is started.

`recipe/` holds a folder a world; LONGTAKE_RECIPE names one of them, or any other folder.
"""

import functools
import hashlib
import os
import tomllib
from pathlib import Path
from typing import Any, TypeAlias

from .refused import Refused

PACKAGE = Path(__file__).resolve().parent
Settings: TypeAlias = dict[str, Any]


def folder() -> Path:
    """That of the recipe: what LONGTAKE_RECIPE says, else the one of the model that ships."""
    said = os.environ.get("LONGTAKE_RECIPE") or "plain"
    ours = PACKAGE / "recipe" / said
    return ours if ours.is_dir() else Path(said)


def files() -> list[Path]:
    """The recipe's files, in the order of their names."""
    found = sorted(folder().glob("*.toml"), key=lambda path: path.name)
    if not found:
        raise Refused(f"LONGTAKE_RECIPE is {folder()}, expected a folder of .toml files, or one of {', '.join(ours())}")
    return found


def ours() -> list[str]:
    """Names of the recipes of this package."""
    return sorted(path.name for path in (PACKAGE / "recipe").iterdir() if path.is_dir())


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
