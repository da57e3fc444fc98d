"""The averaged weights of a part that is being trained, in half precision and in files that git takes: what is left if the machine is not.

`keep` writes them into `best/` of the working folder. Committed to models/begun/RECIPE, they are where `begun` starts the part anew
if its checkpoint is gone.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from ..config import PACKAGE, folder, work
from ..whole import whole, write_json

MOST = 15 * 2**20  # bytes of a file
PATTERN = "{}-{}.safetensors"


def keep(name: str, state: Mapping[str, Tensor], about: Mapping[str, Any]) -> None:
    """name-0.safetensors, name-1 …, and name.json, which is written last and says how many there are."""
    out = work("best")
    out.mkdir(exist_ok=True)
    parts = _split({key: value.half() if value.is_floating_point() else value for key, value in state.items()})
    for i, part in enumerate(parts):
        with whole(out / PATTERN.format(name, i)) as beside:
            save_file({key: value.cpu().contiguous() for key, value in part.items()}, beside)
    write_json(out / f"{name}.json", {**about, "files": len(parts)}, indent=1, end="\n")


def begun(name: str) -> tuple[dict[str, Tensor], dict[str, Any]] | None:
    """State and record of a part that was kept here, or committed; None if there is none."""
    for place in (work("best"), PACKAGE.parent / "begun" / folder().name):
        record = place / f"{name}.json"
        if record.exists():
            about: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
            return _read(place, name, about["files"]), about
    return None


def _read(place: Path, name: str, files: int) -> dict[str, Tensor]:
    state: dict[str, Tensor] = {}
    for i in range(files):
        state |= load_file(place / PATTERN.format(name, i))
    return {key: value.float() if value.dtype == torch.half else value for key, value in state.items()}


def _split(state: Mapping[str, Tensor]) -> list[dict[str, Tensor]]:
    parts: list[dict[str, Tensor]] = [{}]
    size = 0
    for key, value in state.items():
        size += value.nbytes
        if parts[-1] and size > MOST:
            parts.append({})
            size = value.nbytes
        parts[-1][key] = value
    return parts
