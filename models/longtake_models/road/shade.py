"""The sun's view of the road ahead, for shadows."""

import numpy as np

from ..arrays import Doubles
from .camera import Camera
from .sky import Colour

SIZE = 1024  # pixels of the shadow map
HALF, DEEP, AHEAD = 26.0, 110.0, 22.0  # metres: half its side, its depth, and how far ahead of the camera its middle lies
LEAST = 0.05  # sunlight that is worth a shadow


def casts(sunlight: Colour) -> bool:
    return max(sunlight) > LEAST


def sunview(sun: Colour, camera: Camera, origin: Doubles) -> Doubles:
    """(4, 4): from places counted from `origin` to the clip coordinates of the sun's view.

    It is fixed in space up to whole pixels of the map, so that the edges of shadows do not creep as the camera moves.
    """
    towards = -np.array(sun) / np.linalg.norm(sun)
    across = np.cross([0.0, 1.0, 0.0], towards)
    across /= np.linalg.norm(across)
    axes = np.stack([across, np.cross(towards, across), towards])
    middle = axes @ (camera.eye + AHEAD * camera.ahead)
    pixel = 2 * HALF / SIZE
    middle = np.round(middle / pixel) * pixel - axes @ origin
    found = np.eye(4)
    found[:3, :3], found[:3, 3] = axes, -middle
    return np.diag([1 / HALF, 1 / HALF, 2 / DEEP, 1.0]) @ found
