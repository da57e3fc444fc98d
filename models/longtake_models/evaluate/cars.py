"""Steady cars: do they survive the joins of segments, and keep their paint? Only for a recipe that has a detector.

Rendered clips are asked in the same way, through the same detector, and once with their true boxes: more than there cannot be found.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from ..arrays import Floats, Pictures
from ..config import load
from ..world import dataset
from . import real
from .seams import joins
from .stage import SEED, Stage, trained
from .table import Json, Row, at_least, below
from .tracks import Seen, followed

PARTS = ("autoencoder", "image", "temporal", "student", "detector")
STEP = 4  # frames from a keyframe to the next


def over(videos: Iterable[tuple[Pictures, Sequence[Floats]]], places: Sequence[int]) -> Seen:
    """Steady cars of frames and their boxes, from each of the places to the next frame."""
    return sum((followed(frames, boxes, k) for frames, boxes in videos for k in places), Seen())


def findings(seen: Seen) -> dict[str, float]:
    return {"cars": seen.cars, "survival": seen.survival, "paint, Lab units a keyframe": seen.drift}


def rows(stage: Stage) -> Iterator[Row]:
    if "detector" not in load():
        return
    indices = real.held_out(stage.sizes.videos)
    clips = real.small(indices)[:, ::STEP]
    true = [dataset.boxes_of([i] * clips.shape[1], range(0, STEP * clips.shape[1], STEP)) for i in indices]
    every = range(1, clips.shape[1] - 1)
    known, exact = over(zip(clips, stage.cars(clips)), every), over(zip(clips, true), every)

    keys, _, _ = stage.videos("few", stage.sizes.videos)
    videos = stage.pictures(keys)
    found = stage.cars(videos)
    seams = joins(videos.shape[1]).tolist()
    inside = [k for k in range(1, videos.shape[1] - 1) if k not in seams]
    joined, within = over(zip(videos, found), seams), over(zip(videos, found), inside)
    about: Json = {
        "seed": SEED,
        "samples": len(videos),
        "over joins": findings(joined),
        "within segments": findings(within),
        "rendered": findings(known),
        "rendered, true boxes": findings(exact),
        "cars a frame": float(np.mean([len(each) for video in found for each in video])),
        "parts": trained(*PARTS),
    }
    yield at_least("survival over joins", joined.survival, 0.97, **about)
    yield at_least("survival within segments", within.survival, 0.97, **about)
    yield below("paint over joins, times rendered", joined.drift / known.drift, 1.5, **about)
    yield below("paint within segments, times rendered", within.drift / known.drift, 1.5, **about)
