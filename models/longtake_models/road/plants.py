"""Trees and hedges: leaves as quads; a point is place, normal, the corner of its leaf (u, v) and a number of that leaf."""

import functools

import numpy as np

from ..arrays import Doubles, Floats
from .solids import Mesh, box, loose

TRUNK = 9.0  # u of a point that belongs to no leaf
KINDS, LEAVES, HEDGE_LEAVES = 6, 300, 280
HEDGE_LENGTH = 12.0  # metres


@functools.lru_cache(16)
def tree(kind: int) -> Mesh:
    """A broad-leaved tree of 5 to 9 m; the last two kinds are firs."""
    rng = np.random.default_rng((3, kind))
    high = float(rng.uniform(5, 9))
    if kind >= KINDS - 2:
        return _fir(rng, high * 1.25)
    middle = rng.normal(0, 0.16 * high, (7, 3)) * [1, 0.75, 1] + [0, 0.66 * high, 0]
    radius = high * rng.uniform(0.13, 0.24, 7)
    blob = rng.integers(7, size=LEAVES)
    out = _unit(rng.normal(size=(LEAVES, 3)))
    place = middle[blob] + out * (radius[blob] * rng.uniform(0.6, 1.05, LEAVES))[:, None]
    across = _unit(rng.normal(size=(LEAVES, 3)))
    down = _unit(np.cross(across, out + 0.3 * rng.normal(size=(LEAVES, 3))))
    normal = _unit(out * 0.8 + (place - [0, 0.6 * high, 0]) / high + [0, 0.15, 0])
    leaves = _leaves(place, across, down, high * 0.055 * rng.uniform(0.7, 1.5, LEAVES), normal, rng.random(LEAVES))
    return loose(np.concatenate([leaves, _trunk(0.02 * high, 0.6 * high)]))


def _fir(rng: np.random.Generator, high: float) -> Mesh:
    up = 1 - np.sqrt(rng.uniform(0.02, 1, LEAVES))  # more of them where the cone is wide
    turn = rng.uniform(0, 2 * np.pi, LEAVES)
    wide = 0.22 * high * (1 - up) * rng.uniform(0.75, 1.05, LEAVES)
    out = np.stack([np.cos(turn), np.full(LEAVES, 0.35), np.sin(turn)], -1)
    place = np.stack([wide * np.cos(turn), high * (0.12 + 0.86 * up), wide * np.sin(turn)], -1)
    across = np.stack([-np.sin(turn), np.zeros(LEAVES), np.cos(turn)], -1)
    down = _unit(np.stack([np.cos(turn), np.full(LEAVES, -1.1), np.sin(turn)], -1))
    size = high * 0.045 * (0.5 + (1 - up)) * rng.uniform(0.8, 1.3, LEAVES)
    leaves = _leaves(place, across, down, size, _unit(out), rng.random(LEAVES) * 0.6)
    return loose(np.concatenate([leaves, _trunk(0.014 * high, 0.5 * high)]))


@functools.lru_cache(8)
def hedge(kind: int) -> Mesh:
    """HEDGE_LENGTH metres along z, 1.4 m high."""
    rng = np.random.default_rng((4, kind))
    out = _unit(rng.normal(size=(HEDGE_LEAVES, 3)))
    out[:, 1] = np.abs(out[:, 1])
    along = rng.uniform(0, HEDGE_LENGTH, HEDGE_LEAVES)
    place = np.stack([out[:, 0] * 0.5, 1.4 * rng.uniform(0.1, 1, HEDGE_LEAVES) ** 0.7, along], -1)
    across = _unit(rng.normal(size=(HEDGE_LEAVES, 3)))
    down = _unit(np.cross(across, rng.normal(size=(HEDGE_LEAVES, 3))))
    return loose(_leaves(place, across, down, 0.26 * rng.uniform(0.7, 1.4, HEDGE_LEAVES), out, rng.random(HEDGE_LEAVES)))


def _unit(vectors: Doubles) -> Doubles:
    found: Doubles = vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-9)
    return found


def _leaves(place: Doubles, across: Doubles, down: Doubles, size: Doubles, normal: Doubles, number: Doubles) -> Floats:
    corners = []
    for u, v in ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)):
        flat = np.ones((len(place), 1))
        corners.append(np.concatenate([place + size[:, None] * (u * across + v * down), normal, u * flat, v * flat, number[:, None]], 1))
    a, b, c, d = corners
    return np.stack([a, b, c, a, c, d], 1).reshape(-1, 9).astype(np.float32)


def _trunk(half: float, high: float) -> Floats:
    sides = box((-half, 0.0, -half), (half, high, half))
    return np.concatenate([sides, np.tile([TRUNK, TRUNK, 0.5], (len(sides), 1))], 1).astype(np.float32)
