"""Exact car boxes: the outlines of the very meshes that are drawn, through the same camera."""

from typing import TypeAlias

import numpy as np

from ..arrays import Floats
from . import camera, coachwork, fleet, ground
from .scene import Scene

Box: TypeAlias = tuple[float, float, float, float, float]

NEAREST, NARROWEST = 3.5, 0.04  # metres; share of the picture's width
PRESENT, CLEAR = 0.6, 0.25  # shares of a car that is no longer coming in, and of light that comes through the haze
INSIDE, COVERED = 0.5, 0.7  # shares of a box: in the picture at least, and behind one nearer car at most


def car_boxes(scene: Scene, t: float) -> Floats:
    """(N, 5) float32: x0, y0, x1, y1 in 0..1 of the picture (clipped to it) and depth, for every visible car, nearest first.

    Visible, as in the old world: at least 4 % of the width wide, at least half inside the picture, no longer coming in, not lost in the
    haze, its upper half above every crest and no more than 70 % of it behind one nearer car. Trees that stand before it are not asked.
    """
    seen, way = camera.camera(scene, t), scene.travelled(t)
    found: list[Box] = []
    for car in reversed(fleet.cars(scene, t)):
        if car.depth < NEAREST or car.presence < PRESENT or scene.sky.clear(car.depth) < CLEAR:
            continue
        places = car.points(coachwork.outline(car.look.body.name))
        points = seen.project(places)
        (x0, y0), (x1, y1) = points[:, :2].min(0).tolist(), points[:, :2].max(0).tolist()
        box = (max(x0, 0.0), max(y0, 0.0), min(x1, 1.0), min(y1, 1.0), car.depth)
        if x1 - x0 < NARROWEST or _area(box) < INSIDE * (x1 - x0) * (y1 - y0):
            continue
        middle = (places.min(0) + places.max(0)) / 2
        if not ground.hides(scene, way, seen.eye, middle[None])[0] and all(_covered(box, nearer) <= COVERED for nearer in found):
            found.append(box)
    return np.array(found, np.float32).reshape(-1, 5)


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _covered(box: Box, nearer: Box) -> float:
    """Share of a box that lies behind another."""
    both = (max(box[0], nearer[0]), max(box[1], nearer[1]), min(box[2], nearer[2]), min(box[3], nearer[3]), 0.0)
    return _area(both) / _area(box)
