"""Exact car boxes: the projection that the renderer itself uses."""

import math
from typing import TypeAlias

import numpy as np

from ..arrays import Floats
from .light import REACH
from .scene import Scene
from .view import View

Box: TypeAlias = tuple[float, float, float, float, float]


def car_boxes(scene: Scene, t: float) -> Floats:
    """(N, 5) float32: x0, y0, x1, y1 in 0..1 of the picture (clipped to it) and depth, for every visible car, nearest first.

    Visible: at least 4 % of the width wide, at least half inside the picture, no longer fading in, not lost in the haze,
    its upper half above every crest and no more than 70 % of it behind one nearer car.
    """
    view = View(scene, t, 1.0, 2.0)
    found: list[Box] = []
    for car in reversed(scene.flow.at(t, view.way)):
        if car.z < 3.5 or car.presence < 0.6 or math.exp(-max(car.z - 4, 0) / REACH[scene.weather]) < 0.2:
            continue
        px, py, scale = view.place(car.z)
        x0, x1 = ((px + (car.x + side * car.width / 2) * scale) / 2 for side in (-1, 1))
        y0, y1 = py - car.height * scale, min(py, float(view.hidden_from(car.z)))
        inside = max(0.0, min(x1, 1.0) - max(x0, 0.0)) / (x1 - x0)
        if x1 - x0 < 0.04 or inside < 0.5 or y1 - y0 < 0.5 * car.height * scale:
            continue
        box = (max(x0, 0.0), max(y0, 0.0), min(x1, 1.0), min(y1, 1.0), car.z)
        if all(_covered(box, nearer) <= 0.7 for nearer in found):
            found.append(box)
    return np.array(found, np.float32).reshape(-1, 5)


def _covered(box: Box, nearer: Box) -> float:
    """Share of a box that lies behind another."""
    wide = min(box[2], nearer[2]) - max(box[0], nearer[0])
    high = min(box[3], nearer[3]) - max(box[1], nearer[1])
    return max(0.0, wide) * max(0.0, high) / ((box[2] - box[0]) * (box[3] - box[1]))
