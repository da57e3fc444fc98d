"""Renders the training clips once and reads them back as memory maps.

small.npy  uint8 (clips, frames, height, width, 3)         large.npy  uint8 (large_clips, large_frames, e height, e width, 3)
facts.json, large_facts.json  labels of every clip         boxes.npy  float32 (clips, frames, 1 + 7 * 4): number of visible
cars, then x0, y0, x1, y1 of the seven nearest             motion.npy float32 (clips, frames, 3): speed m/s, curvature, grade
e is `enlarged`. Rendered in blocks; a block that is finished is marked in blocks/, so that a make that was killed goes on where it was, and
processes beside it do not do the same again.
"""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

import numpy as np

from .. import command
from ..alone import alone
from ..arrays import Array, Floats, Indices, Integers, Pictures
from ..config import PACKAGE, load, made, work
from ..drives import Drive, sample
from ..whole import write_json
from .scene import Labels

Block: TypeAlias = tuple[str, int, int]  # stills, small or large, its first clip and the one after its last

LARGE_SEED = 5_000_000  # far from the seeds of the small clips, so that they share no scene
BLOCK = 10  # clips
SHOWN = 7  # cars whose boxes are kept
log = logging.getLogger(__package__)


def clip_drive(index: int) -> tuple[Drive, float]:
    """A small clip's drive, and its start in seconds."""
    return _drive(load()["data"]["seed"] + index)


def large_drive(index: int) -> tuple[Drive, float]:
    """A large clip's drive, and its start in seconds."""
    return _drive(load()["data"]["seed"] + LARGE_SEED + index)


def _drive(seed: int) -> tuple[Drive, float]:
    return sample(load()["data"]["world"], seed), float(np.random.default_rng(seed + 1).uniform(0, 20))


def _small(index: int, frames: Iterable[int]) -> None:
    c = load()["data"]
    drive, start = clip_drive(index)
    pictures, cars, motion = (np.load(work(f"{name}.npy"), mmap_mode="r+") for name in ("small", "boxes", "motion"))
    for k in frames:
        t = start + k / c["fps"]
        pictures[index, k] = drive.pictures(t, 1, c["fps"], c["height"], c["width"])[0]
        found = drive.car_boxes(t)
        cars[index, k] = 0
        cars[index, k, 0] = len(found)
        kept = found[:SHOWN, :4].ravel()
        cars[index, k, 1 : 1 + len(kept)] = kept
        motion[index, k] = drive.motion(t)


def _large(index: int) -> None:
    c = load()["data"]
    drive, start = large_drive(index)
    out = np.load(work("large.npy"), mmap_mode="r+")
    out[index] = drive.pictures(start, c["large_frames"], c["fps"], c["enlarged"] * c["height"], c["enlarged"] * c["width"])


def _block(task: Block) -> None:
    kind, first, end = task
    if _done(task):  # another process was here
        return
    for index in range(first, end):
        if kind == "large":
            _large(index)
        else:
            _small(index, _frames(task))
    _mark(task).touch()


def _frames(task: Block) -> list[int]:
    """Of each clip of a block: the stills, or all that are not rendered yet."""
    kind, first, end = task
    if kind == "stills":
        return stills()
    known = stills() if _mark(("stills", first, end)).exists() else []
    return [k for k in range(load()["data"]["frames"]) if k not in known]


def stills() -> list[int]:
    """Frames of every small clip that are rendered before all others: the first part learns from them alone if the recipe names some."""
    named: list[int] = load()["autoencoder"].get("stills", [])
    return named


def _mark(task: Block) -> Path:
    return work("blocks") / f"{task[0]}-{task[1]}"


def make(processes: int = 2, all_of_it: bool = True) -> None:
    """Renders what is not rendered yet; starts afresh if the recipe of the data changed. Waits for another process that renders.

    all_of_it: or no more than the stills, if the recipe names some.
    """
    tasks = blocks() if all_of_it or not stills() else [task for task in blocks() if task[0] == "stills"]
    if _same() and all(_done(task) for task in tasks):
        return  # and whoever renders what else there is may go on
    with alone("data", wait=True):
        _begin()
        _render(processes, tasks)


@contextmanager
def going_on() -> Iterator[None]:
    """Renders what is left meanwhile, in a process that gets what processor time the others leave.

    It is ended with the block, and `make` does what it has left.
    """
    path = os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH"))))
    told = [sys.executable, "-m", "longtake_models.world.dataset", "--processes", "1"]
    rendering = subprocess.Popen(told, env={**os.environ, "TQDM_DISABLE": "1", "PYTHONPATH": path})
    os.sched_setscheduler(rendering.pid, os.SCHED_IDLE, os.sched_param(0))
    try:
        yield
    finally:
        rendering.terminate()
        rendering.wait()


def blocks() -> list[Block]:
    """All of them, in the order in which they are needed: stills of the small clips, all of these, the large clips."""
    c = load()["data"]
    kinds = (("stills", c["clips"] if stills() else 0), ("small", c["clips"]), ("large", c["large_clips"]))
    return [(kind, first, min(first + BLOCK, count)) for kind, count in kinds for first in range(0, count, BLOCK)]


def _shapes() -> dict[str, tuple[type[np.generic], tuple[int, ...]]]:
    c = load()["data"]
    return {
        "small": (np.uint8, (c["clips"], c["frames"], c["height"], c["width"], 3)),
        "large": (np.uint8, (c["large_clips"], c["large_frames"], c["enlarged"] * c["height"], c["enlarged"] * c["width"], 3)),
        "boxes": (np.float32, (c["clips"], c["frames"], 1 + 4 * SHOWN)),
        "motion": (np.float32, (c["clips"], c["frames"], 3)),
    }


def _begin() -> None:
    c = load()["data"]
    if not _same():
        shutil.rmtree(work("blocks"), ignore_errors=True)
        for name, (kind, shape) in _shapes().items():
            np.lib.format.open_memmap(work(f"{name}.npy"), "w+", kind, shape)
        for name, count, drive in (("facts", c["clips"], clip_drive), ("large_facts", c["large_clips"], large_drive)):
            write_json(work(f"{name}.json"), [drive(i)[0].labels() for i in range(count)])
        write_json(work("data.json"), c)
    work("blocks").mkdir(exist_ok=True)


def _done(task: Block) -> bool:
    kind, first, end = task
    return _mark(task).exists() or (kind == "stills" and _mark(("small", first, end)).exists())


def _render(processes: int, tasks: Sequence[Block]) -> None:
    rest = [task for task in tasks if not _done(task)]
    if not rest:
        return
    log.info("rendering %d blocks of %d clips", len(rest), BLOCK)
    # Started afresh and not forked: a fork of a process in which PyTorch has run threads may hang.
    with get_context("spawn").Pool(processes) as pool, command.bar(len(tasks), len(tasks) - len(rest), "clips") as bar:
        for _ in pool.imap_unordered(_block, rest):
            bar.update()


def _same() -> bool:
    """Whether the files were begun with this very recipe."""
    files = [work("data.json"), work("facts.json"), work("large_facts.json"), *(work(f"{name}.npy") for name in _shapes())]
    return all(path.exists() for path in files) and bool(json.loads(files[0].read_text(encoding="utf-8")) == load()["data"])


def read(name: str) -> Array:
    """A file of the data set, as a memory map."""
    found: Array = np.load(made(f"{name}.npy", "world.dataset"), mmap_mode="r")
    return found


def small() -> Pictures:
    return read("small")


def large() -> Pictures:
    return read("large")


def motion() -> Floats:
    """float32 (clips, frames, 3): speed m/s, curvature 1/m, grade."""
    return read("motion")


def car_counts() -> Integers:
    """int64 (clips, frames): visible cars."""
    return read("boxes")[..., 0].astype(np.int64)


def car_boxes() -> Floats:
    """float32 (clips, frames, 7, 4) x0, y0, x1, y1 in 0..1; zeros behind the last visible car."""
    rows = read("boxes")[..., 1:]
    return rows.reshape(*rows.shape[:2], SHOWN, 4)


def boxes_of(clips: Indices, frames: Indices) -> list[Floats]:
    """For pairs of clip and frame (two sequences of equal length): float32 (n, 4) x0, y0, x1, y1 in 0..1 each, n <= 7."""
    rows = read("boxes")[np.asarray(clips), np.asarray(frames)]
    return [row[1 : 1 + 4 * min(int(row[0]), SHOWN)].reshape(-1, 4) for row in rows]


def facts() -> list[Labels]:
    return _labels("facts")


def large_facts() -> list[Labels]:
    return _labels("large_facts")


def _labels(name: str) -> list[Labels]:
    found: list[Labels] = json.loads(made(f"{name}.json", "world.dataset").read_text(encoding="utf-8"))
    return found


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("world.dataset", "Renders the clips that everything learns from and is judged on; goes on after a kill.")
    parser.add_argument("--processes", type=int, metavar="N", default=2, help="that render")
    chosen = parser.parse_args(argv)
    if chosen.processes < 1:
        parser.error(f"--processes is {chosen.processes}, expected at least 1")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # the processes that render end too
    make(chosen.processes)


if __name__ == "__main__":
    command.run(main)
