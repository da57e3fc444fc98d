"""Measurements on disk: a JSON list of flat objects, in the shape that `./longtake bench steps --rows` writes too.

model, stage, engine, batch, graphs name a row; medianMs, lowMs, highMs (of `runs` calls) are its time, flop its work (2 a multiply-add).
A row that could not be measured holds `failed` and the reason: it is not tried again, and the table shows it.
"""

import json
from pathlib import Path
from typing import Any, TypeAlias

from ..whole import write_json

Row: TypeAlias = dict[str, Any]
NAMES = ("device", "model", "stage", "engine", "batch", "graphs")


class Rows:
    """The rows of a file, added to one by one."""

    def __init__(self, path: Path) -> None:
        self.path, self.rows = path, read(path) if path.exists() else []

    def has(self, **names: object) -> bool:
        return any(all(row.get(n) == value for n, value in names.items()) for row in self.rows)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        write_json(self.path, self.rows, indent=1, end="\n")


def read(path: Path) -> list[Row]:
    rows: list[Row] = json.loads(path.read_text(encoding="utf-8"))
    return rows
