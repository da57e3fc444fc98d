"""What stands still beside the road, placed by hashed blocks of arc length: endless, and the same on every visit."""

import functools
import math
import random
from dataclasses import dataclass
from typing import TypeAlias

from .scene import Scene

Key: TypeAlias = tuple[str | int, ...]

BLOCK = 11.0
POST_PERIOD = 15.0
FAR = 125.0
FADE = 25.0
WALLS = ((206, 186, 150), (188, 104, 84), (214, 210, 202), (150, 160, 176), (222, 190, 110))


@dataclass(frozen=True)
class Thing:
    """key (the same thing at other times), kind round|fir|post|sign|house, lateral x, arc length s, metres."""

    key: Key
    kind: str
    x: float
    s: float
    size: float
    chance: float  # in 0..1, for whatever its kind leaves open


def near(scene: Scene, way: float) -> list[Thing]:
    """The things between the camera and FAR, farthest first."""
    found: list[Thing] = []
    for block in range(math.floor((way - 12) / BLOCK), math.ceil((way + FAR) / BLOCK)):
        found += _block(scene.seed, scene.town, block)
    if scene.posts:
        for place in range(math.ceil((way + 3) / POST_PERIOD), math.ceil((way + 80) / POST_PERIOD)):
            found += [Thing(("post", place, side), "post", side * 6.5, place * POST_PERIOD, 1.1, 0.0) for side in (-1, 1)]
    return sorted((thing for thing in found if -10 < thing.s - way < FAR), key=lambda thing: -thing.s)


def presence(z: float) -> float:
    return min(1.0, max(0.0, (FAR - z) / FADE))


@functools.lru_cache(8192)
def _block(seed: int, town: float, block: int) -> tuple[Thing, ...]:
    found = []
    for side in (-1, 1):
        rng = random.Random((seed * 2 + (side > 0) + 7) * 1_000_003 + block)
        what, where, size, chance = (rng.random() for _ in range(4))
        s = (block + 0.35 * where) * BLOCK
        key = ("thing", block, side)
        if what < town:
            found.append(Thing(key, "house", side * (9.5 + 2.5 * where), s, 0.85 + 0.5 * size, chance))
        elif what < town + (1 - town) * 0.62:
            kind = "round" if chance < 0.6 else "fir"
            found.append(Thing(key, kind, side * (8.6 + 5 * where), s, 4.0 + 3.5 * size, chance))
        elif what > 0.955:
            found.append(Thing(key, "sign", side * 6.9, s, 1.0, chance))
    return tuple(found)


def wall(thing: Thing) -> tuple[int, int, int]:
    return WALLS[int(thing.chance * len(WALLS))]
