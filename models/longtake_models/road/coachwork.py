"""The meshes of a car: painted body and wheels, in the axes of its body."""

import functools
import itertools

import numpy as np

from ..arrays import Doubles, Floats
from .bodies import BODIES, Body
from .solids import Mesh, loose, surface

FINE, COARSE = 0.06, 0.10  # metres between the points of a mesh
RING = ((0.0, -0.02), (0.62, -0.035), (0.66, -0.005), (0.70, 0.0), (0.93, 0.0), (1.0, -0.05), (1.0, -0.2), (0.3, -0.21))  # radius, depth


@functools.lru_cache(32)
def painted(name: str, step: float) -> Mesh:
    body = BODIES[name]
    half = body.width / 2 + 0.28
    return surface(body.distance, (-half, 0.05, -0.2), (half + step, body.height + 0.15, body.length + 0.2), step)


@functools.lru_cache(32)
def wheels(name: str, corners: int) -> Mesh:
    """All four, rounded to so many corners."""
    body = BODIES[name]
    points = [_wheel(body, side, axle, corners) for side in (-1, 1) for axle in body.axles]
    return loose(np.concatenate(points))


def _wheel(body: Body, side: int, axle: float, corners: int) -> Floats:
    angle = np.linspace(0, 2 * np.pi, corners + 1)
    rings = []
    for (r0, x0), (r1, x1) in itertools.pairwise(RING):
        lean = np.array([r1 * body.wheel - r0 * body.wheel, x0 - x1])
        lean /= np.linalg.norm(lean) + 1e-9

        def at(radius: float, deep: float, turn: Doubles, lean: Doubles = lean) -> Doubles:
            up, along = np.cos(turn), np.sin(turn)
            flat = np.ones_like(turn)
            r = radius * body.wheel
            place = [side * (body.width / 2 - 0.03 + deep) * flat, body.wheel + r * up, axle + r * along]
            return np.stack([*place, side * lean[0] * flat, lean[1] * up, lean[1] * along], -1)

        a, b, c, d = at(r0, x0, angle[:-1]), at(r1, x1, angle[:-1]), at(r1, x1, angle[1:]), at(r0, x0, angle[1:])
        rings.append(np.stack([a, b, c, a, c, d], 1).reshape(-1, 6))
    return np.concatenate(rings).astype(np.float32)


@functools.lru_cache(16)
def outline(name: str) -> Doubles:
    """(N, 3): the points of a car that can be outermost in a picture, for exact boxes."""
    points = np.concatenate([painted(name, FINE).place(), wheels(name, 28).place()]).astype(np.float64)
    k = np.arange(600)  # directions spread evenly over the sphere
    high, turn = 1 - 2 * (k + 0.5) / len(k), k * np.pi * (3 - 5**0.5)
    flat = np.sqrt(1 - high**2)
    towards = np.stack([flat * np.cos(turn), high, flat * np.sin(turn)], -1)
    return points[np.unique(np.argmax(towards @ points.T, 1))]
