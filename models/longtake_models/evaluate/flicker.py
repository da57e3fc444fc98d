"""Temporal flicker as VBench measures it, on clips in which nothing moves: any change from frame to frame is a fault."""

import numpy as np

from ..arrays import Array, Pictures

SENSOR = 1.0  # levels: standard deviation of the noise that makes a still picture a video


def flicker(frames: Array) -> float:
    """frames (T, ...) in levels 0..255 -> mean |x_t - x_t+1| in levels; VBench's score is (255 - this) / 255."""
    frames = np.asarray(frames, np.float32)
    return float(np.abs(frames[1:] - frames[:-1]).mean())


def still(picture: Pictures, frames: int, seed: int) -> Pictures:
    """uint8 (frames, H, W, 3): one picture (H, W, 3) through a sensor, with fresh noise in every frame."""
    noise = np.random.default_rng(seed).normal(0, SENSOR, (frames, *picture.shape))
    return np.clip(np.round(picture + noise), 0, 255).astype(np.uint8)
