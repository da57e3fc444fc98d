"""Colour drift: how fast the mean colour of a video wanders, in CIE Lab (L 0..100, a, b) per minute."""

from collections.abc import Sequence

import cv2
import numpy as np

from ..arrays import Array, Doubles


def mean_lab(frame: Array) -> Array:
    """uint8 (H, W, 3) RGB -> (3,) mean L, a, b."""
    return cv2.cvtColor(np.asarray(frame, np.float32) / 255, cv2.COLOR_RGB2LAB).reshape(-1, 3).mean(0)


def drift(lab: Array | Sequence[Array], fps: float, ends: float = 10.0) -> tuple[Doubles, Doubles]:
    """lab (F, 3) -> (slope (3,) per minute by least squares; change (3,) per minute from the first to the last `ends` seconds)."""
    lab = np.asarray(lab, np.float64)
    minutes = np.arange(len(lab)) / fps / 60
    way = minutes - minutes.mean()
    slope = way @ (lab - lab.mean(0)) / (way @ way)
    n = max(1, min(len(lab) // 2, round(ends * fps)))
    between = minutes[-n:].mean() - minutes[:n].mean()
    return slope, (lab[-n:].mean(0) - lab[:n].mean(0)) / between
