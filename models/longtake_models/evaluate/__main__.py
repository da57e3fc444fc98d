"""`python -m longtake_models.evaluate [--quick] [--only ROW ...]`: prints the table, writes models/results.json.

Rows that are not asked for keep what an earlier run found. --quick tries the code with tiny samples; it writes to the working
folder (results-quick.json), so that its numbers never stand for real ones.
"""

import importlib
import logging
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from .. import command, config
from ..config import clone, work
from .judge_row import accuracy
from .stage import QUICK, Sizes, Stage
from .table import Results

GROUPS = {
    "judge": "judge_row",
    "decoder": "decoders",
    "upsampler": "upsamplers",
    "interpolation": "interpolation",
    "videos": "videos",
    "cars": "cars",
    "profiles": "profiles",
    "ablation": "ablation",
    "long": "long_video",
}
log = logging.getLogger(__package__)


def measure(group: str, stage: Stage, results: Results, quick: bool) -> None:
    log.info("== %s", group)
    torch.manual_seed(0)
    begun, rows = time.monotonic(), []
    for row in importlib.import_module("." + GROUPS[group], __package__).rows(stage):
        rows.append(row)
        log.info("   %5.0f s  %s: %.4g %s %s", time.monotonic() - begun, row.name, row.value, row.unit, row.target)
    if not rows:  # the recipe has no part that they measure
        return
    about = {
        "seconds": time.monotonic() - begun,
        "quick": quick,
        "threads": torch.get_num_threads(),
        "recipe": config.digest()[:12],
        "judge": stage.space.digest,
        "judge on held-out clips": accuracy(stage),
    }
    results.put(group, rows, about)


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("evaluate", "Measures every part and whole videos on held-out clips and fresh scenes.")
    parser.add_argument("--quick", action="store_true", help="tiny samples, to try the code in about a minute")
    parser.add_argument("--only", nargs="+", choices=GROUPS, metavar="ROW", help="of " + ", ".join(GROUPS))
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="folder of results.json and strip/five-minutes.png; models of the clone if it is not given, the working folder with --quick",
    )
    chosen = parser.parse_args(argv)
    out = chosen.out or (work("") if chosen.quick else clone("models", "--out DIR"))
    (out / "strip").mkdir(parents=True, exist_ok=True)
    begun, path = time.monotonic(), out / ("results-quick.json" if chosen.quick else "results.json")
    stage, results = Stage(QUICK if chosen.quick else Sizes(), out / "strip"), Results(path)
    with command.bar(len(chosen.only or GROUPS), 0, "groups") as bar:
        for group in chosen.only or GROUPS:
            measure(group, stage, results, chosen.quick)
            bar.update()
    print(results.text(GROUPS), flush=True)
    print(f"{time.monotonic() - begun:.0f} s; written to {path}")


if __name__ == "__main__":
    command.run(main)
