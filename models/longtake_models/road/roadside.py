"""What stands beside the road: places along it, each filled or not by the hash of its number, so that a drive has no end."""

import functools
import random
from dataclasses import dataclass

import numpy as np

from ..arrays import Doubles
from . import ground, plants
from .masonry import HOUSES
from .pose import pose
from .scene import ROAD_HALF, Scene
from .sky import Colour

SIGHT, FADE = 150.0, 30.0  # metres ahead from which things are drawn, and over which they come in
BEHIND = 14.0
WALLS: tuple[Colour, ...] = ((0.42, 0.38, 0.32), (0.55, 0.53, 0.49), (0.24, 0.12, 0.085), (0.38, 0.33, 0.22), (0.47, 0.40, 0.28))
# Kind: metres between two places, and how far they may stray from them.
PLACES = {
    "tree": (9.0, 3.0),
    "wood": (14.0, 5.0),
    "hedge": (plants.HEDGE_LENGTH, 0.0),
    "house": (19.0, 1.0),
    "post": (25.0, 0.0),
    "lamp": (28.0, 0.0),
}


@dataclass(frozen=True)
class Thing:
    kind: str  # of PLACES
    side: int  # 1: right, -1: left
    number: int  # of its place
    s: float
    lateral: float
    model: int
    scale: float
    turn: float
    colour: Colour

    @property
    def key(self) -> tuple[str, int, int]:
        return self.kind, self.side, self.number


def things(scene: Scene, way: float) -> list[Thing]:
    """All that stand from BEHIND metres behind to SIGHT ahead, farthest first."""
    found = []
    for kind, (apart, _) in PLACES.items():
        for number in range(int((way - BEHIND) // apart), int((way + SIGHT) // apart) + 1):
            for side in (-1, 1):
                thing = _thing(scene.seed, scene.town, scene.wooded, scene.drive.posts, kind, side, number)
                if thing is not None and way - BEHIND <= thing.s < way + SIGHT:
                    found.append(thing)
    return sorted(found, key=lambda thing: -thing.s)


def presence(thing: Thing, way: float) -> float:
    """1 in plain sight, falling to 0 where it comes in far ahead."""
    return min(1.0, (way + SIGHT - thing.s) / FADE)


def stands(scene: Scene, thing: Thing) -> Doubles:
    """Its matrix: x away from the road on the right; what stands on the left is turned round."""
    s = np.array(thing.s)
    place = scene.way.place(s, thing.lateral, ground.height(scene, thing.lateral) if abs(thing.lateral) < 26 else 0.0)
    heading = float(scene.way.heading(s)) + (0.0 if thing.side > 0 else np.pi)
    return pose(place, heading + thing.turn, scale=thing.scale)


@functools.lru_cache(16384)
def _thing(seed: int, town: bool, wooded: float, posts: bool, kind: str, side: int, number: int) -> Thing | None:
    rng = random.Random(f"{seed} {kind} {side} {number}")
    apart, stray = PLACES[kind]
    s = number * apart + rng.uniform(-stray, stray)
    green = (0.05 * rng.uniform(0.55, 1.35), 0.085 * rng.uniform(0.6, 1.3), 0.022 * rng.uniform(0.6, 1.3))

    def here(low: float, high: float) -> float:
        return side * rng.uniform(low, high)

    def thing(lateral: float, model: int = 0, scale: float = 1.0, turn: float = 0.0, colour: Colour = green) -> Thing:
        return Thing(kind, side, number, s, lateral, model, scale, turn, colour)

    if kind == "tree" and rng.random() < (0.35 if town else wooded):
        return thing(here(7.9, 9.5) if town else here(8.2, 15), rng.randrange(plants.KINDS), rng.uniform(0.65, 1.2), rng.uniform(0, 6.28))
    if kind == "wood" and rng.random() < wooded:
        return thing(here(17, 25), rng.randrange(plants.KINDS), rng.uniform(0.9, 1.5), rng.uniform(0, 6.28))
    if kind == "hedge" and _block(seed, "hedge", side, number // 5) < (0.5 if town else 0.35):
        return thing(side * (ROAD_HALF + (2.9 if town else 2.2)), rng.randrange(3), colour=(0.04, 0.07, 0.02))
    if kind == "house" and town and rng.random() < 0.85:
        return thing(here(11.2, 13.5), rng.randrange(HOUSES), colour=rng.choice(WALLS))
    if kind == "post" and posts and not town:
        return thing(side * (ROAD_HALF + 0.6))
    if kind == "lamp" and town and (number + (side > 0)) % 2 == 0:
        return thing(side * (ROAD_HALF + 0.5))
    return None


def _block(seed: int, kind: str, side: int, number: int) -> float:
    return random.Random(f"{seed} {kind} block {side} {number}").random()
