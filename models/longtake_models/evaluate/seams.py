"""Seams: does the picture change more where two segments meet than elsewhere? 1 is no seam."""
import numpy as np

from ..film import GIVEN, KEYS

FIRST, FRESH = KEYS, KEYS - GIVEN      # keyframes of the first segment, and new ones of every further segment


def changes(frames):
    """frames (F, ...) in levels -> (F - 1,) mean absolute difference to the next frame."""
    frames = [np.asarray(f, np.float32) for f in frames]
    return np.array([np.abs(b - a).mean() for a, b in zip(frames, frames[1:])])


def joins(keys):
    """Indices into changes() of a film of `keys` keyframes: from the last known key to the first new one."""
    return np.arange(FIRST - 1, keys - 1, FRESH)


def seam_ratio(change, places):
    """Mean change at `places` over the mean change elsewhere."""
    at = np.zeros(len(change), bool)
    at[np.asarray(places, int)] = True
    if not at.any() or at.all():
        raise ValueError(f"a seam ratio needs changes at joins and elsewhere, found {at.sum()} joins among {len(at)} changes")
    return float(change[at].mean() / max(change[~at].mean(), 1e-9))
