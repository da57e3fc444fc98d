"""Where a thing stands and how it is turned: 4x4 matrices of column vectors, x to the right, y up, z ahead."""

import math

import numpy as np

from ..arrays import Doubles

UP = np.array([0.0, 1.0, 0.0])


def pose(place: Doubles, heading: float = 0.0, grade: float = 0.0, scale: float = 1.0) -> Doubles:
    """Turned right by `heading` rad, then raised by `grade` metres a metre, at `place` (3,)."""
    level = 1 / math.hypot(1, grade)
    ahead = np.array([math.sin(heading) * level, grade * level, math.cos(heading) * level])
    right = np.array([math.cos(heading), 0.0, -math.sin(heading)])
    found = np.eye(4)
    found[:3, 0], found[:3, 1], found[:3, 2] = scale * right, scale * np.cross(ahead, right), scale * ahead
    found[:3, 3] = place
    return found


def shifted(matrix: Doubles, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Doubles:
    """The same, with its origin moved in its own axes."""
    found = matrix.copy()
    found[:3, 3] += matrix[:3, :3] @ np.array([x, y, z])
    return found


def mirrored(matrix: Doubles) -> Doubles:
    """Upside down below the point it stands on: what a wet road shows."""
    found = matrix.copy()
    found[:3, 1] *= -1
    return found
