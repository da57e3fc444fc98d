"""Seams: does the picture change more where two segments meet than elsewhere? 1 is no seam."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from ..arrays import Array, Doubles, Integers
from ..pipeline import GIVEN, KEYS

FIRST, FRESH = KEYS, KEYS - GIVEN  # keyframes of the first segment, and new ones of every further segment


def changes(frames: Iterable[Array]) -> Doubles:
    """frames (F, ...) in levels -> (F - 1,) mean absolute difference to the next frame."""
    return np.array([np.abs(b - a).mean() for a, b in pairwise(np.asarray(f, np.float32) for f in frames)])


def joins(keys: int) -> Integers:
    """Indices into changes() of a video of `keys` keyframes: from the last known key to the first new one."""
    return np.arange(FIRST - 1, keys - 1, FRESH)


def seam_ratio(change: Doubles, places: Integers | Sequence[int]) -> float:
    """Mean change at `places` over the mean change elsewhere."""
    at = np.zeros(len(change), bool)
    at[np.asarray(places, int)] = True
    if not at.any() or at.all():
        raise ValueError(f"a seam ratio needs changes at joins and elsewhere, found {at.sum()} joins among {len(at)} changes")
    return float(change[at].mean() / max(change[~at].mean(), 1e-9))
