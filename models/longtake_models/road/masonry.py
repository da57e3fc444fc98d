"""Houses, posts and street lamps: boxes; the point of a post or a lamp says what it is made of."""

import functools
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from .solids import Mesh, box, loose

HOUSES = 5
STEEL, WHITE, BLACK, REFLECTOR, LAMP = 0.0, 1.0, 2.0, 3.0, 4.0
LAMP_HEIGHT, ARM = 6.2, 2.2  # metres


@dataclass(frozen=True)
class House:
    """Its front is at x = 0 and looks along -x; z along the road; `size` without the roof."""

    size: tuple[float, float, float]
    mesh: Mesh


@functools.lru_cache(16)
def house(kind: int) -> House:
    rng = np.random.default_rng((5, kind))
    deep, high, long = float(rng.uniform(6, 9)), (2.8, 5.6, 5.6, 2.8, 8.4)[kind % HOUSES], float(rng.uniform(9, 14))
    walls = box((0, -1.0, -long / 2), (deep, high, long / 2))
    roof = box((-0.3, high, -long / 2 - 0.3), (deep + 0.3, high + 2.4, long / 2 + 0.3), (deep / 2, 0))
    chimney = box((deep * 0.6, high + 0.8, long * 0.2), (deep * 0.6 + 0.6, high + 2.7, long * 0.2 + 0.6))
    return House((deep, high, long), loose(np.concatenate([walls, roof, chimney])))


@functools.lru_cache(1)
def post() -> Mesh:
    """A delineator: a white post with a black band and a reflector that looks back along the road."""
    return loose(
        np.concatenate(
            [
                _made(box((-0.06, -0.2, -0.04), (0.06, 0.72, 0.04)), WHITE),
                _made(box((-0.065, 0.72, -0.045), (0.065, 0.92, 0.045)), BLACK),
                _made(box((-0.03, 0.75, -0.055), (0.03, 0.89, -0.045)), REFLECTOR),
                _made(box((-0.06, 0.92, -0.04), (0.06, 1.0, 0.04)), WHITE),
            ]
        )
    )


@functools.lru_cache(1)
def lamp() -> Mesh:
    """A street lamp whose arm reaches along -x, over the road."""
    return loose(
        np.concatenate(
            [
                _made(box((-0.07, -0.2, -0.07), (0.07, LAMP_HEIGHT, 0.07), (0.025, 0.025)), STEEL),
                _made(box((-ARM, LAMP_HEIGHT - 0.08, -0.04), (0.05, LAMP_HEIGHT, 0.04)), STEEL),
                _made(box((-ARM - 0.5, LAMP_HEIGHT - 0.1, -0.13), (-ARM + 0.1, LAMP_HEIGHT + 0.03, 0.13)), STEEL),
                _made(box((-ARM - 0.45, LAMP_HEIGHT - 0.14, -0.1), (-ARM + 0.05, LAMP_HEIGHT - 0.1, 0.1)), LAMP),
            ]
        )
    )


def _made(points: Floats, of: float) -> Floats:
    return np.concatenate([points, np.full((len(points), 1), of, np.float32)], 1)
