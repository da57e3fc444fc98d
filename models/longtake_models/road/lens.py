"""What lens and weather lay over a picture: the glow of lamps, rain, and a little softness."""

import random

import cv2
import numpy as np

from ..arrays import Array, Floats, Pictures
from .scene import Scene

DROPS, SOFT = 70, 0.5  # streaks in a picture, and pixels of a picture of 256 rows
TONE = {"day": (205, 209, 214), "dusk": (176, 150, 140), "night": (120, 124, 132)}


def over(layer: Array, ground: Array, height: int, width: int) -> Pictures:
    """Things (any size, colours times alpha) laid over the ground (height, width): uint8 (height, width, 3)."""
    small = cv2.resize(layer, (width, height), interpolation=cv2.INTER_AREA)
    alpha = small[:, :, 3:].astype(np.uint16)
    return np.minimum(small[:, :, :3] + (ground[:, :, :3] * (255 - alpha) + 127) // 255, 255).astype(np.uint8)


def exposed(picture: Pictures, scene: Scene, t: float) -> Pictures:
    if scene.sky.wet:
        picture = _rain(picture, scene, t)
    light, rows = picture.astype(np.float32), picture.shape[0] / 256
    if scene.lights and scene.drive.timeOfDay != "day":
        light += _glow(light, 4 * rows, 0.9) + _glow(light, 14 * rows, {"clear": 0.6, "rain": 1.1, "fog": 1.8}[scene.drive.weather])
    return np.clip(cv2.GaussianBlur(light, (0, 0), SOFT * max(rows, 0.5)) + 0.5, 0, 255).astype(np.uint8)


def _glow(light: Floats, wide: float, much: float) -> Floats:
    """Found in a picture of a quarter of the size: it has no edges."""
    rows, columns = light.shape[:2]
    bright = cv2.resize(np.maximum(light - 165, 0), (columns // 4, rows // 4), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(bright, (0, 0), max(wide / 4, 0.5))
    return np.asarray(cv2.resize(soft, (columns, rows), interpolation=cv2.INTER_LINEAR) * much, np.float32)


def _rain(picture: Pictures, scene: Scene, t: float) -> Pictures:
    """Faint streaks: each falls through the picture again and again, in the same column; near ones are long, wide and fast."""
    rng, (rows, columns) = random.Random(scene.seed + 77), picture.shape[:2]
    layer = picture.copy()
    for _ in range(DROPS):
        x, y, near = rng.random(), rng.random(), rng.random()
        down = ((y + t * (1.6 + 1.4 * near)) % 1.2) * rows
        long = rows * (0.03 + 0.08 * near)
        start = (int(x * columns * 16), int(down * 16))
        end = (int((x * columns + long * 0.1) * 16), int((down - long) * 16))
        cv2.line(layer, start, end, TONE[scene.drive.timeOfDay], 1, cv2.LINE_AA, 4)
    return np.asarray(cv2.addWeighted(layer, 0.26, picture, 0.74, 0), np.uint8)
