"""The Fréchet distance in the eyes of a network that nobody here trained and no part has learned from (photographs.JUDGE).

Its last map at 1/16 of a picture, in means over squares of SQUARE cells: textures, of which one picture has many, so that few pictures do.
Only for recipes whose parts learn from such a network too: others need no such package.
"""

import functools

import numpy as np
import torch
import torch.nn.functional as F

from .. import photographs
from ..arrays import Array, Pictures
from ..config import load
from .frechet import frechet
from .likeness import signals

DEEP, SQUARE, EVERY = 4, 4, 4  # maps until that at 1/16; cells; frames from one that is looked at to the next


def asked(part: str) -> bool:
    """Whether this part learns from a network that knows photographs."""
    return "perceptual" in load()[part]


@functools.cache
def judge() -> photographs.Maps:
    return photographs.Maps(photographs.network(photographs.JUDGE), DEEP)


@torch.no_grad()
def features(videos: Pictures) -> Array:
    """uint8 (N, F, H, W, 3) -> (M, C), some frames of each."""
    found = []
    for video in videos:
        (deep,) = judge()(signals(video[None, ::EVERY])[0].transpose(0, 1))[-1:]
        found.append(F.avg_pool2d(deep, SQUARE).permute(0, 2, 3, 1).flatten(0, 2).numpy())
    return np.concatenate(found)


def distance(made: Pictures, real: Pictures) -> float:
    return frechet(features(made), features(real))
