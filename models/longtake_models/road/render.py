"""Pictures of a road. One drawing board a process and size is kept."""

import functools
from collections.abc import Sequence

import numpy as np

from ..arrays import Pictures
from . import lens
from .board import Board
from .moment import moment
from .scene import Scene

HEIGHT, WIDTH = 256, 512


@functools.lru_cache(2)
def board(height: int = HEIGHT, width: int = WIDTH) -> Board:
    return Board(height, width)


def picture(scene: Scene, t: float, height: int = HEIGHT, width: int = WIDTH) -> Pictures:
    """uint8 (height, width, 3) RGB of the scene at t seconds. Refused without OpenGL."""
    layer, ground = board(height, width).draw(moment(scene, t))
    return lens.exposed(lens.over(layer, ground, height, width), scene, t)


def render(scene: Scene, times: Sequence[float], height: int = HEIGHT, width: int = WIDTH) -> Pictures:
    """uint8 (T, height, width, 3)."""
    return np.stack([picture(scene, t, height, width) for t in times])
