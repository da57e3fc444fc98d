"""Renders the training clips once and reads them back as memory maps.

small.npy  uint8 (clips, frames, height, width, 3)         large.npy  uint8 (large_clips, large_frames, 4 height, 4 width, 3)
facts.json, large_facts.json  labels of every clip         boxes.npy  float32 (clips, frames, 1 + 7 * 4): number of visible
cars, then x0, y0, x1, y1 of the seven nearest             motion.npy float32 (clips, frames, 3): speed m/s, curvature, grade
Rendered in blocks; a block that is finished is marked in blocks/, so that a make that was killed goes on where it was.
"""
import json
import os
from multiprocessing import get_context

import numpy as np

from ..config import load, work
from . import boxes, captions, render, scene

LARGE_SEED = 5_000_000     # far from the seeds of the small clips, so that they share no scene
BLOCK = 10                 # clips
SHOWN = 7                  # cars whose boxes are kept


def clip_scene(index):
    """(Scene, start in seconds) of a small clip."""
    return _drive(load()["data"]["seed"] + index)


def large_scene(index):
    """(Scene, start in seconds) of a large clip."""
    return _drive(load()["data"]["seed"] + LARGE_SEED + index)


def _drive(seed):
    return scene.sample(seed), float(np.random.default_rng(seed + 1).uniform(0, 20))


def _small(index):
    c = load()["data"]
    drive, start = clip_scene(index)
    pictures, cars, motion = (np.load(work(f"{name}.npy"), mmap_mode="r+") for name in ("small", "boxes", "motion"))
    pictures[index] = render.clip(drive, start, c["frames"], c["fps"], c["height"], c["width"])
    for k in range(c["frames"]):
        t = start + k / c["fps"]
        found = boxes.car_boxes(drive, t)
        cars[index, k] = 0
        cars[index, k, 0] = len(found)
        kept = found[:SHOWN, :4].ravel()
        cars[index, k, 1:1 + len(kept)] = kept
        motion[index, k] = drive.speed(t), drive.curvature(t), drive.grade(t)


def _large(index):
    c = load()["data"]
    drive, start = large_scene(index)
    out = np.load(work("large.npy"), mmap_mode="r+")
    out[index] = render.clip(drive, start, c["large_frames"], c["fps"], 4 * c["height"], 4 * c["width"])


def _block(task):
    size, first, end = task
    for index in range(first, end):
        (_small if size == "small" else _large)(index)
    open(_mark(task), "w").close()


def _mark(task):
    return work(os.path.join("blocks", f"{task[0]}-{task[1]}"))


def make(processes=2):
    """Renders what is not rendered yet; starts afresh where the recipe of the data changed."""
    c = load()["data"]
    os.makedirs(work("blocks"), exist_ok=True)
    shapes = {"small": (np.uint8, (c["clips"], c["frames"], c["height"], c["width"], 3)),
              "large": (np.uint8, (c["large_clips"], c["large_frames"], 4 * c["height"], 4 * c["width"], 3)),
              "boxes": (np.float32, (c["clips"], c["frames"], 1 + 4 * SHOWN)),
              "motion": (np.float32, (c["clips"], c["frames"], 3))}
    if not _same(c, shapes):
        for name in os.listdir(work("blocks")):
            os.remove(work(os.path.join("blocks", name)))
        for name, (kind, shape) in shapes.items():
            np.lib.format.open_memmap(work(f"{name}.npy"), "w+", kind, shape)
        with open(work("data.json"), "w") as f:
            json.dump(c, f)
    for name, count, drive in (("facts", c["clips"], clip_scene), ("large_facts", c["large_clips"], large_scene)):
        with open(work(f"{name}.json"), "w") as f:
            json.dump([captions.labels(drive(i)[0]) for i in range(count)], f)
    tasks = [(size, first, min(first + BLOCK, count)) for size, count in (("large", c["large_clips"]), ("small", c["clips"]))
             for first in range(0, count, BLOCK)]
    tasks = [task for task in tasks if not os.path.exists(_mark(task))]
    # Started afresh and not forked: a fork of a process in which PyTorch has run threads may hang.
    with get_context("spawn").Pool(processes) as pool:
        for _ in pool.imap_unordered(_block, tasks):
            pass


def _same(recipe, shapes):
    """Whether the files were begun with this very recipe."""
    try:
        with open(work("data.json")) as f:
            begun = json.load(f)
    except FileNotFoundError:
        return False
    return begun == recipe and all(os.path.exists(work(f"{name}.npy")) for name in shapes)


def small():
    return np.load(work("small.npy"), mmap_mode="r")


def large():
    return np.load(work("large.npy"), mmap_mode="r")


def motion():
    """float32 (clips, frames, 3): speed m/s, curvature 1/m, grade."""
    return np.load(work("motion.npy"), mmap_mode="r")


def car_counts():
    """int64 (clips, frames): visible cars."""
    return np.load(work("boxes.npy"), mmap_mode="r")[..., 0].astype(np.int64)


def car_boxes():
    """float32 (clips, frames, 7, 4) x0, y0, x1, y1 in 0..1; zeros behind the last visible car."""
    rows = np.load(work("boxes.npy"), mmap_mode="r")[..., 1:]
    return rows.reshape(*rows.shape[:2], SHOWN, 4)


def boxes_of(clips, frames):
    """For pairs of clip and frame (two sequences of equal length): float32 (n, 4) x0, y0, x1, y1 in 0..1 each, n <= 7."""
    rows = np.load(work("boxes.npy"), mmap_mode="r")[np.asarray(clips), np.asarray(frames)]
    return [row[1:1 + 4 * min(int(row[0]), SHOWN)].reshape(-1, 4) for row in rows]


def facts():
    with open(work("facts.json")) as f:
        return json.load(f)


def large_facts():
    with open(work("large_facts.json")) as f:
        return json.load(f)


if __name__ == "__main__":
    make()
