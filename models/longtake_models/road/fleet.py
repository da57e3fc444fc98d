"""The cars of a moment: the old world's traffic, each with a body, a face and a paint that stay with it."""

import functools
import random
from dataclasses import dataclass

import numpy as np

from ..arrays import Doubles
from ..world.traffic import Car as Place
from .bodies import BODIES, Body
from .pose import pose, shifted
from .scene import Scene
from .sky import Colour

# Paints of real car parks, linear: mostly white, grey and black.
PAINT: tuple[Colour, ...] = (
    *((0.74, 0.75, 0.76), (0.72, 0.73, 0.73), (0.30, 0.31, 0.32), (0.42, 0.43, 0.45), (0.45, 0.46, 0.47), (0.10, 0.105, 0.11)),
    *((0.16, 0.165, 0.175), (0.012, 0.012, 0.014), (0.02, 0.021, 0.024), (0.035, 0.06, 0.14), (0.05, 0.11, 0.26)),
    *((0.26, 0.018, 0.018), (0.33, 0.03, 0.025), (0.10, 0.02, 0.025), (0.03, 0.07, 0.05), (0.30, 0.26, 0.20)),
)
SOLID = 2  # the first two paints hold no metal
NAMES = ("hatch",) * 4 + ("saloon",) * 3 + ("estate",) * 3 + ("suv",) * 4 + ("van", "delivery")
REAR_LAMPS, FACES = 3, 2


@dataclass(frozen=True)
class Look:
    body: Body
    paint: Colour
    metal: float
    rear: int  # of REAR_LAMPS shapes of tail lamps
    face: int  # of FACES shapes of headlamps and grille
    spokes: int
    yellow_plate: bool
    seed: float


@dataclass(frozen=True)
class Car:
    """`matrix` carries points from the axes of its body into space; `depth` is the way to its near end along the road."""

    key: tuple[int, int]
    look: Look
    matrix: Doubles
    depth: float
    lateral: float  # metres right of the middle of the road
    oncoming: bool
    presence: float

    def points(self, points: Doubles) -> Doubles:
        return points @ self.matrix[:3, :3].T + self.matrix[:3, 3]


@functools.lru_cache(8192)
def look(seed: int, key: tuple[int, int]) -> Look:
    rng = random.Random((seed * 64 + key[0] + 2) * 1_000_003 + key[1] + 17)
    paint = rng.randrange(len(PAINT))
    body = BODIES[rng.choice(NAMES)]
    if body.panelled and rng.random() < 0.7:
        paint = rng.randrange(SOLID)  # most delivery vans are white
    metal = rng.choice((0.0, 0.5, 0.8)) if paint >= SOLID else 0.0
    return Look(
        body,
        PAINT[paint],
        metal,
        rng.randrange(REAR_LAMPS),
        rng.randrange(FACES),
        rng.choice((5, 7)),
        rng.random() < 0.15,
        rng.uniform(0, 9),
    )


def cars(scene: Scene, t: float) -> list[Car]:
    """Farthest first."""
    way = scene.travelled(t)
    return [_car(scene, place, way) for place in scene.drive.flow.at(t, way)]


def _car(scene: Scene, place: Place, way: float) -> Car:
    worn = look(scene.drive.flow.seed, place.key)
    middle = np.array(way + place.z + worn.body.length / 2)
    heading, grade = float(scene.way.heading(middle)), float(scene.way.grade(middle))
    stands = scene.way.place(middle, place.x)
    turned = pose(stands, heading + np.pi, -grade) if place.oncoming else pose(stands, heading, grade)
    return Car(place.key, worn, shifted(turned, z=-worn.body.length / 2), place.z, place.x, place.oncoming, place.presence)
