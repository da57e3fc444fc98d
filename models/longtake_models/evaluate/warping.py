"""Warping error (Lai et al. 2018): how much a pixel changes on its way along the true motion."""

from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from ..arrays import Array, Floats, Flow


def follow(frame: Array, flow: Floats) -> Array:
    """frame (H, W, 3) at t1 as seen from t0: out[y, x] = frame[(y, x) + flow[y, x]], bilinear. flow (H, W, 2): dx, dy."""
    y, x = np.meshgrid(*(np.arange(n, dtype=np.float32) for n in frame.shape[:2]), indexing="ij")
    return cv2.remap(np.ascontiguousarray(frame, np.float32), x + flow[..., 0], y + flow[..., 1], cv2.INTER_LINEAR)


def warping_error(frames: Array | Sequence[Array], flows: Iterable[Flow]) -> float:
    """frames (T, H, W, 3) in levels 0..255, flows: T - 1 pairs of flow and validity (H, W) -> mean absolute error in levels.

    Real frames have one too (shading, things that turn, resampling): it is the floor.
    """
    total, count = 0.0, 0
    for before, after, (flow, valid) in zip(frames, frames[1:], flows):
        wrong = np.abs(follow(after, flow) - np.asarray(before, np.float32)).mean(-1)
        total, count = total + float(wrong[valid].sum()), count + int(valid.sum())
    return total / max(count, 1)
