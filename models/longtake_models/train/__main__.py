"""`python -m longtake_models.train [PART ...]`: all parts from nothing, in order, or the given ones; finished parts are skipped.

On a CPU the autoencoder comes first, on all cores; then two chains run side by side with half of the cores each, and where one needs a
part of the other it waits. On a GPU the parts run one after the other. A killed run goes on where it was; the time at the end is the
sum over all runs.
"""

import importlib
import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from .. import command
from ..config import PACKAGE, load, work
from ..world import dataset
from .loop import device, done

FIRST = ["autoencoder"]
CHAINS = [
    ["image", "temporal", "student"],
    [
        "upsampler_image",
        "upsampler",
        "interpolation",
        "interpolation_student",
        "decoder",
        "judge",
        "counter",
        "detector",
        "temporal_attention",
    ],
]
PARTS = [*FIRST, *CHAINS[0], *CHAINS[1]]
OPTIONAL = ["interpolation_student", "detector"]  # a recipe may do without
NEEDS = {"temporal_attention": "image", "counter": "decoder"}
MODULES = {"upsampler_image": "upsampler", "temporal_attention": "temporal"}  # if the module is not named as the part
log = logging.getLogger(__package__)


def wanted(parts: Sequence[str]) -> list[str]:
    """Those of the parts that the recipe has."""
    return [part for part in parts if part not in OPTIONAL or part in load()]


def train(part: str, instruments: Path) -> None:
    """Trains a part, or does nothing if it is trained. instruments: folder for the car counter."""
    if part in NEEDS and not done(NEEDS[part]):
        log.info("%s waits for %s", part, NEEDS[part])
        while not done(NEEDS[part]):
            time.sleep(2)
    if done(part) and (part != "autoencoder" or work("latents.done").exists()):
        return
    log.info("== %s", part)
    module = importlib.import_module("." + MODULES.get(part, part), __package__)
    if part == "counter":
        module.train(instruments)
    elif part in (*MODULES, *MODULES.values()):
        module.train(part)
    else:
        module.train()


def everything(instruments: Path) -> None:
    begun = time.monotonic()
    train("autoencoder", instruments)
    if device().type == "cuda":
        for part in wanted(PARTS):
            train(part, instruments)
    else:
        side_by_side(instruments)
    print(f"all parts trained; this run {time.monotonic() - begun:.0f} s; by part:")
    for part in wanted(PARTS):
        made = json.loads(work(f"{part}.json").read_text(encoding="utf-8"))
        print(f"  {part:20} {made['steps']:6} steps {made['seconds']:6} s, {made['threads']} threads, {made['device']}", flush=True)


def side_by_side(instruments: Path) -> None:
    """A process a chain. None outlives this one, unless it is killed outright; then their locks keep a second run from their parts."""
    half = str(max(1, torch.get_num_threads() // 2))
    # The package is found wherever it is imported from here; two bars on one terminal would write over each other.
    path = os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "OMP_NUM_THREADS": half, "TQDM_DISABLE": "1", "PYTHONPATH": path}
    told = [sys.executable, "-m", "longtake_models.train", "--instruments", str(instruments)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.extend(subprocess.Popen([*told, *wanted(chain)], env=environment) for chain in CHAINS)
        # The other chain may wait for a part of the one that failed, for ever.
        while any(chain.poll() is None for chain in running) and not any(chain.poll() for chain in running):
            time.sleep(0.5)
    finally:
        for chain in running:
            chain.terminate()
            chain.wait()
    if any(chain.returncode for chain in running):
        sys.exit("a part failed: see above; the same command goes on from the last checkpoints")


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("train", "Trains all parts from nothing, or the given ones; the same command goes on after a kill.")
    parser.add_argument("parts", nargs="*", metavar="PART", help="of " + ", ".join(PARTS) + "; all if none is given")
    parser.add_argument(
        "--processes", type=int, metavar="N", default=os.cpu_count() or 1, help="that render the clips, before the first part"
    )
    parser.add_argument(
        "--instruments",
        type=Path,
        metavar="DIR",
        help="where the car counter goes; instruments in the work folder if it is not given",
    )
    chosen = parser.parse_args(argv)
    if unknown := [part for part in chosen.parts if part not in wanted(PARTS)]:
        parser.error(f"no part is called {unknown[0]}; there are {', '.join(wanted(PARTS))}")
    if chosen.processes < 1:
        parser.error(f"--processes is {chosen.processes}, expected at least 1")
    instruments = (chosen.instruments or work("instruments")).resolve()
    first = (chosen.parts or PARTS)[0]
    dataset.make(chosen.processes, all_of_it=first != "autoencoder" or done("autoencoder"))
    if not chosen.parts:
        everything(instruments)
    for part in chosen.parts:
        train(part, instruments)


if __name__ == "__main__":
    command.run(main)
