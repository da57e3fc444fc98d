"""`python -m longtake_models.evaluate [--quick] [--only ROW ...]`: prints the table, writes models/results.json.

Rows that are not asked for keep what an earlier run found. --quick tries the code with tiny samples; it writes to the working
directory (results-quick.json), so that its numbers never stand for real ones.
"""
import argparse
import importlib
import os
import time

import torch

from .. import config
from ..config import work
from .judge_row import accuracy
from .stage import QUICK, Sizes, Stage
from .table import FILE, Results

GROUPS = {"judge": "judge_row", "decoder": "decoders", "upsampler": "upsamplers", "interpolation": "interpolation", "films": "films",
          "profiles": "profiles", "ablation": "ablation", "long": "long_film"}


def measure(group, stage, results, quick):
    print(f"== {group}", time.strftime("%H:%M:%S"), flush=True)
    torch.manual_seed(0)
    begun, rows = time.time(), []
    for row in importlib.import_module("." + GROUPS[group], __package__).rows(stage):
        rows.append(row)
        print(f"   {time.time() - begun:5.0f} s  {row.name}: {row.value:.4g} {row.unit} {row.target}", flush=True)
    results.put(group, rows, {"seconds": time.time() - begun, "quick": quick, "threads": torch.get_num_threads(), "recipe": config.digest()[:12],
                              "judge": stage.space.digest, "judge on held-out clips": accuracy(stage)})


def main():
    parser = argparse.ArgumentParser(prog="python -m longtake_models.evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="tiny samples, to try the code in about a minute")
    parser.add_argument("--only", nargs="+", choices=GROUPS, metavar="ROW", help="of " + ", ".join(GROUPS))
    chosen = parser.parse_args()
    stage = Stage(QUICK if chosen.quick else Sizes())
    results, begun = Results(work("results-quick.json") if chosen.quick else FILE), time.time()
    for group in chosen.only or GROUPS:
        measure(group, stage, results, chosen.quick)
    print(results.text(GROUPS), flush=True)
    print(f"{time.time() - begun:.0f} s; written to {os.path.normpath(results.path)}")


if __name__ == "__main__":
    main()
