"""Frames that are there twice: a video that stands still or runs in a circle."""

from collections.abc import Iterable

import numpy as np

from ..arrays import Pictures

NEAR = 0.5  # levels: mean difference to the frame before, below which a frame is as good as the same


def duplicates(frames: Iterable[Pictures]) -> tuple[int, int]:
    """uint8 (F, H, W, 3), any iterable -> (frames equal to any earlier one, frames nearly equal to the one before)."""
    seen, exact, near, before = set(), 0, 0, None
    for frame in frames:
        key = frame.tobytes()
        exact, near = exact + (key in seen), near + (before is not None and np.abs(frame.astype(np.int16) - before).mean() < NEAR)
        seen.add(key)
        before = frame.astype(np.int16)
    return exact, int(near)
