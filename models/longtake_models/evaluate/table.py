"""The rows of the table, and results.json, which keeps them between runs."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from ..whole import write_json

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One finding. ok: whether it meets its target, None where it has none. detail: seeds, samples, calls, parts, controls."""

    name: str
    value: float
    unit: str = ""
    target: str = ""
    ok: bool | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def below(name: str, value: float, limit: float, unit: str = "", **detail: Any) -> Row:
    """A row whose value must not exceed `limit`."""
    return Row(name, value, unit, f"<= {limit:g}", bool(value <= limit), detail)


def at_least(name: str, value: float, limit: float, unit: str = "", **detail: Any) -> Row:
    """A row whose value must reach `limit`."""
    return Row(name, value, unit, f">= {limit:g}", bool(value >= limit), detail)


def above(name: str, value: float, limit: float, unit: str = "", **detail: Any) -> Row:
    """A row whose value must exceed `limit`."""
    return Row(name, value, unit, f"> {limit:.4g}", bool(value > limit), detail)


def rounded(value: Any) -> Any:
    """Numbers of any structure as plain ones with four significant digits (integers as they are)."""
    if isinstance(value, dict):
        return {str(k): rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)) or hasattr(value, "tolist"):
        value = value.tolist() if hasattr(value, "tolist") else value
        return [rounded(v) for v in value] if isinstance(value, (list, tuple)) else rounded(value)
    return float(f"{value:.4g}") if isinstance(value, float) else value


class Results:
    """Rows by group, read from and written to `path` after every group, so that a stopped run keeps what it has."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.groups: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["groups"] if path.exists() else {}

    def put(self, group: str, rows: Iterable[Row], about: dict[str, Any]) -> None:
        """Replaces the rows of a group; about: what was common to them (seconds, quick, threads, ...)."""
        self.groups[group] = rounded({**about, "rows": [asdict(row) for row in rows]})
        write_json(self.path, {"groups": self.groups}, indent=1)

    def text(self, order: Iterable[str]) -> str:
        """The table as text, groups in `order`."""
        lines = [("row", "value", "target", "", "samples", "parts")]
        for group in (g for g in order if g in self.groups):
            quick = " (quick)" if self.groups[group].get("quick") else ""
            for row in self.groups[group]["rows"]:
                verdict = {True: "pass", False: "MISS", None: ""}[row["ok"]]
                lines.append(
                    (
                        f"{group}: {row['name']}{quick}",
                        f"{row['value']:.4g} {row['unit']}".strip(),
                        row["target"],
                        verdict,
                        str(row["detail"].get("samples", "")),
                        " ".join(row["detail"].get("parts", {})),
                    )
                )
        wide = [max(len(line[k]) for line in lines) for k in range(5)] + [0]
        return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, wide)).rstrip() for line in lines)
