"""Exact car boxes: the projection that the renderer itself uses."""
import numpy as np

from .scene import ONCOMING_SPAN

CAMERA_HEIGHT = 1.5
HORIZON = 0.36             # of the picture's height
FOCAL = 0.85               # of the picture's width


def project(scene, x, height, z, t, shape):
    """Picture position (px, py) in pixels of a point at lateral x (from the road's middle), height and depth z."""
    rows, columns = shape
    focal = FOCAL * columns
    px = columns / 2 + (scene.centre(z, t) + x) * focal / z
    py = HORIZON * rows + (CAMERA_HEIGHT - height) * focal / z
    return px, py


def presence(car, z):
    """1 for a car in plain sight, falling to 0 where an oncoming car enters far ahead."""
    return float(np.clip((ONCOMING_SPAN - z) / 6.0, 0, 1)) if car.oncoming else 1.0


def car_boxes(scene, t):
    """(N, 5) float32: x0, y0, x1, y1 in 0..1 of the picture (clipped to it) and depth, for every visible car.

    Visible: at least 4 % of the width wide, at least half inside the picture, not still fading in.
    """
    found = []
    for car in scene.cars:
        z = car.depth(t)
        if z < 3.5 or presence(car, z) < 0.6:
            continue
        x0, y1 = project(scene, car.x - car.width / 2, 0, z, t, (1.0, 2.0))
        x1, y0 = project(scene, car.x + car.width / 2, car.height, z, t, (1.0, 2.0))
        x0, x1 = x0 / 2, x1 / 2
        inside = max(0.0, min(x1, 1.0) - max(x0, 0.0)) / (x1 - x0)
        if x1 - x0 >= 0.04 and inside >= 0.5:
            found.append((max(x0, 0), max(y0, 0), min(x1, 1), min(y1, 1), z))
    return np.array(found, np.float32).reshape(-1, 5)
