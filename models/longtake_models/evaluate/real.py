"""Real videos: the held-out clips, and windows of fresh scenes with the conditions that generated videos are asked for."""

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from multiprocessing import get_context

import numpy as np

from ..arrays import Flow, Pictures
from ..config import load, work
from ..drives import sample
from ..judge import CONDITIONS, FRAMES
from ..whole import whole
from ..world import captions, dataset, fingerprint
from ..world.scene import Labels

SEED, KEY_RATE = 9_000_000, 6  # far from the seeds of the training clips
TABLES = {"timeOfDay": captions.TIME, "traffic": captions.TRAFFIC, "weather": captions.WEATHER, "road": captions.ROAD}


def combinations() -> list[Labels]:
    """All 54 sets of conditions, in an order in which any run of them is mixed."""
    found = [dict(zip(CONDITIONS, values)) for values in itertools.product(*CONDITIONS.values())]
    return [found[i * 23 % len(found)] for i in range(len(found))]


def asked(count: int) -> list[Labels]:
    """The conditions of `count` videos: all combinations, again and again."""
    every = combinations()
    return [every[i % len(every)] for i in range(count)]


def as_tokens(index: int) -> bool:
    """Whether a video is asked for in label tokens: every other one, so that every combination is asked for in both ways."""
    return (index + index // len(combinations())) % 2 == 1


def prompt(said: Labels, seed: int, tokens: bool = False) -> str:
    """All four conditions in words drawn from the grammar of captions, or as label tokens."""
    if tokens:
        return " ".join(captions.LABEL_TOKENS[name][value] for name, value in said.items())
    rng = np.random.default_rng(seed)
    phrases = [[p for p in TABLES[name][value] if said["timeOfDay"] == "day" or p != "on a rainy day"] for name, value in said.items()]
    parts = [options[rng.integers(len(options))] for options in phrases]
    rng.shuffle(parts)
    return "driving " + " ".join(parts)


def held_out(count: int) -> list[int]:
    """Indices of `count` held-out clips, spread over all of them."""
    c = load()["data"]
    return _spread(c["clips"] - c["held_out"], c["clips"], count)


def held_out_large(count: int) -> list[int]:
    c = load()["data"]
    return _spread(c["large_clips"] - c["large_held_out"], c["large_clips"], count)


def _spread(first: int, end: int, count: int) -> list[int]:
    return np.linspace(first, end - 1, min(count, end - first)).astype(int).tolist()


def small(indices: Iterable[int]) -> Pictures:
    """uint8 (N, frames, H, W, 3)."""
    return np.stack([dataset.small()[i] for i in indices])


def large(indices: Iterable[int]) -> Pictures:
    return np.stack([dataset.large()[i] for i in indices])


def flows(index: int, frames: int, large: bool = False, step: int = 1) -> list[Flow]:
    """Flow and validity from each of the first `frames` frames of a held-out clip to the next, `step` apart."""
    c, (drive, start) = load()["data"], (dataset.large_drive if large else dataset.clip_drive)(index)
    scale = c["enlarged"] if large else 1
    at = start + np.arange(0, frames * step, step) / c["fps"]
    return [drive.flow(a, b, scale * c["height"], scale * c["width"]) for a, b in itertools.pairwise(at)]


def _window(task: tuple[Labels, int]) -> Pictures:
    said, seed = task
    c, start = load()["data"], float(np.random.default_rng(seed + 1).uniform(0, 20))
    return sample(c["world"], seed, said).pictures(start, FRAMES, KEY_RATE, c["height"], c["width"])


def reference(said: Sequence[Labels], first: int = 0) -> Pictures:
    """uint8 (N, 8, H, W, 3) at 6 fps: one window of a fresh scene for each of the conditions `said`; rendered once, then kept."""
    name = hashlib.sha256((fingerprint.digest() + repr((said, first))).encode()).hexdigest()[:16]
    path = work(f"reference-{name}.npy")
    if not path.exists():
        with get_context("spawn").Pool(2) as pool:
            made = pool.map(_window, [(s, SEED + first + i) for i, s in enumerate(said)], chunksize=8)
        with whole(path) as beside, beside.open("wb") as file:
            np.save(file, np.stack(made))
    found: Pictures = np.load(path)
    return found
