"""Renders the training clips once and reads them back as memory maps.

small.npy  uint8 (clips, frames, 64, 128, 3)     large.npy  uint8 (clips, frames, 256, 512, 3)
facts.json labels of every small clip            boxes.npy  float32 (clips, frames, 8): number of cars and their largest widths
"""
import json
import os
from multiprocessing import Pool

import numpy as np

from ..config import load
from . import boxes, captions, render, scene

LARGE_SEED = 5_000_000     # far from the seeds of the small clips, so that held-out clips share no scene


def _path(name):
    return os.path.join(load()["workdir"], name)


def _start(seed):
    return np.random.default_rng(seed + 1).uniform(0, 20)


def _small(index):
    c = load()["data"]
    seed = c["seed"] + index
    drive, start = scene.sample(seed), _start(seed)
    out = np.load(_path("small.npy"), mmap_mode="r+")
    facts = np.load(_path("boxes.npy"), mmap_mode="r+")
    for k in range(c["frames"]):
        t = start + k / c["fps"]
        out[index, k] = render.render(drive, t, c["height"], c["width"], oversample=3)
        found = boxes.car_boxes(drive, t)[:7]
        facts[index, k, 0] = len(found)
        facts[index, k, 1:1 + len(found)] = found[:, 2] - found[:, 0]
    return captions.labels(drive)


def _large(index):
    c = load()["data"]
    seed = c["seed"] + LARGE_SEED + index
    out = np.load(_path("large.npy"), mmap_mode="r+")
    out[index] = render.clip(scene.sample(seed), _start(seed), c["large_frames"], c["fps"], 4 * c["height"], 4 * c["width"])


def make(processes=2):
    c = load()["data"]
    os.makedirs(load()["workdir"], exist_ok=True)
    new = np.lib.format.open_memmap
    new(_path("large.npy"), "w+", np.uint8, (c["large_clips"], c["large_frames"], 4 * c["height"], 4 * c["width"], 3))
    new(_path("small.npy"), "w+", np.uint8, (c["clips"], c["frames"], c["height"], c["width"], 3))
    new(_path("boxes.npy"), "w+", np.float32, (c["clips"], c["frames"], 8))
    with Pool(processes) as pool:
        pool.map(_large, range(c["large_clips"]), chunksize=4)
        open(_path("large.done"), "w").close()
        facts = pool.map(_small, range(c["clips"]), chunksize=4)
    with open(_path("facts.json"), "w") as f:
        json.dump(facts, f)
    open(_path("small.done"), "w").close()


def small():
    return np.load(_path("small.npy"), mmap_mode="r")


def large():
    return np.load(_path("large.npy"), mmap_mode="r")


def car_counts():
    """int64 (clips, frames): visible cars."""
    return np.load(_path("boxes.npy"), mmap_mode="r")[..., 0].astype(np.int64)


def facts():
    with open(_path("facts.json")) as f:
        return json.load(f)


if __name__ == "__main__":
    make()
