"""Cars as functions of time: leaders ahead in our lane, and belts of cars that pass, hashed by their number in the belt."""

import functools
import math
import random
from dataclasses import dataclass

import numpy as np

LANE = 3.4
FAR = 90.0  # cars are drawn from here on, fading in over FADE metres
FADE = 14.0
PAINT = ((205, 35, 30), (30, 70, 200), (235, 235, 235), (240, 195, 30), (240, 120, 20), (20, 150, 140), (150, 40, 150), (45, 160, 60))


@dataclass(frozen=True)
class Car:
    """A car at one moment: key (the same car at other times), lateral x, depth z of its near face, metres."""

    key: tuple[int, int]
    x: float
    z: float
    oncoming: bool
    paint: tuple[int, int, int]
    width: float
    height: float
    length: float

    @property
    def presence(self) -> float:
        """1 in plain sight, falling to 0 where it enters far ahead."""
        return min(1.0, max(0.0, (FAR - self.z) / FADE))


@dataclass(frozen=True)
class Leader:
    """A car ahead in our lane, that falls back and moves ahead again."""

    depth: float
    sway: float
    pace: float
    phase: float

    def z(self, t: float) -> float:
        return self.depth + self.sway * (math.sin(self.pace * t + self.phase) + 0.35 * math.sin(2.7 * self.pace * t))


@dataclass(frozen=True)
class Belt:
    """Cars of one lane, `spacing` metres apart: they come nearer by `rate` m/s, plus our own way if they are oncoming."""

    lane: float
    spacing: float
    rate: float
    oncoming: bool
    phase: float
    fill: float  # share of the places that are taken

    def shift(self, t: float, way: float) -> float:
        return self.rate * t + (way if self.oncoming else 1.2 * math.sin(0.55 * t + self.phase)) + 100 * self.phase


@dataclass(frozen=True)
class Traffic:
    seed: int
    leaders: tuple[Leader, ...]
    belts: tuple[Belt, ...]

    def at(self, t: float, way: float) -> list[Car]:
        """The cars at time t after `way` metres, farthest first."""
        cars = []
        for i, leader in enumerate(self.leaders):
            cars.append(_car(self.seed, -1, i, 0.0, leader.z(t), t, False))
        for b, belt in enumerate(self.belts):
            shift = belt.shift(t, way)
            for place in range(math.floor((shift - 6) / belt.spacing), math.ceil((shift + FAR) / belt.spacing) + 1):
                look = _look(self.seed, b, place)
                z = (place + 0.3 * look[0]) * belt.spacing - shift
                if -4.5 < z < FAR and look[1] < belt.fill:
                    cars.append(_car(self.seed, b, place, belt.lane, z, t, belt.oncoming))
        return sorted(cars, key=lambda car: -car.z)


@functools.lru_cache(8192)
def _look(seed: int, belt: int, place: int) -> tuple[float, ...]:
    rng = random.Random((seed * 64 + belt + 2) * 1_000_003 + place)
    return tuple(rng.random() for _ in range(7))


def _car(seed: int, belt: int, place: int, lane: float, z: float, t: float, oncoming: bool) -> Car:
    _, _, paint, wide, high, drift, long = _look(seed, belt, place)
    van = high > 0.8
    x = lane + 0.18 * math.sin((0.4 + 0.4 * drift) * t + 40 * drift)
    return Car(
        (belt, place),
        x,
        z,
        oncoming,
        PAINT[int(paint * len(PAINT))],
        1.9 + 0.3 * wide,
        2.15 if van else 1.5 + 0.25 * high / 0.8,
        (4.8 if van else 3.7) + 0.5 * long,
    )


def sample(rng: np.random.Generator, amount: str) -> Traffic:
    """Empty: nobody at all; normal: one to three in view; crowded: five and more."""
    if amount == "empty":
        return Traffic(0, (), ())

    def leader(low: float, high: float) -> Leader:
        return Leader(rng.uniform(low, high), rng.uniform(0.8, 2.2), 2 * math.pi / rng.uniform(6, 11), rng.uniform(0, 6.28))

    seed, side = int(rng.integers(1 << 40)), float(rng.choice([-1.0, 1.0]))

    def belt(lane: float, low: float, high: float, slow: float, fast: float, fill: float, oncoming: bool = False) -> Belt:
        return Belt(lane, rng.uniform(low, high), rng.uniform(slow, fast) * (1 if oncoming else side), oncoming, rng.uniform(0, 6.28), fill)

    if amount == "crowded":
        return Traffic(seed, (leader(9, 13), leader(21, 26)), (belt(LANE, 10.5, 13, 1.0, 3.0, 1.0), belt(-LANE, 12, 16, 5, 10, 1.0, True)))
    led = rng.random() < 0.7
    return Traffic(
        seed,
        (leader(10, 17),) if led else (),
        (belt(LANE, *((34, 46) if led else (20, 25)), 1.5, 4.0, 0.9), belt(-LANE, 36, 52, 5, 10, 0.8, True)),
    )
