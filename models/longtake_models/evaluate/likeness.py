"""Likeness of two pictures, and the form in which pictures are compared."""

import numpy as np
from torch import Tensor

from ..arrays import Array, Pictures
from ..pipeline import picture
from ..train.loop import pixels


def psnr(made: Array, real: Array) -> float:
    """uint8 or float levels (..., H, W, 3) -> mean over pictures of each picture's own PSNR in dB (at most 99)."""
    error = ((np.asarray(made, np.float32) - np.asarray(real, np.float32)) ** 2).mean((-1, -2, -3))
    return float(np.minimum(99.0, -10 * np.log10(np.maximum(error / 255**2, 1e-12))).mean())


def levels(frames: Tensor) -> Pictures:
    """frames (B, 3, F, H, W) in [-1, 1] -> uint8 (B, F, H, W, 3), as a video holds them."""
    return picture(frames.transpose(1, 2))


def signals(frames: Pictures) -> Tensor:
    """uint8 (B, F, H, W, 3) -> float (B, 3, F, H, W) in [-1, 1]."""
    return pixels(frames).transpose(1, 2)
