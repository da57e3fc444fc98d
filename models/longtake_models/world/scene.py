"""What a clip contains, as a function of time: everything metric, nothing in pixels.

The camera looks along +z from CAMERA_HEIGHT above the middle lane; x is to the right; metres and seconds.
A scene is a pure function of its seed, so any resolution and any frame rate shows the same film.
"""
from dataclasses import dataclass, field

import numpy as np

LANE = 3.4                 # lane width; the road has three lanes, the left one is oncoming
ROAD_HALF = 1.5 * LANE + 0.3
DASH_PERIOD = 9.0          # metres per lane mark and gap: more than twice the way between two keyframes
ONCOMING_SPAN = 48.0       # oncoming cars wrap around within this depth
ROADSIDE_SPAN = 90.0

WEATHER = ("clear", "rain", "fog")
PAINT = np.array([[205, 35, 30], [30, 70, 200], [235, 235, 235], [240, 195, 30], [240, 120, 20],
                  [20, 150, 140], [150, 40, 150], [45, 160, 60]], np.float32)


@dataclass(frozen=True)
class Car:
    """A car: lane centre x, depth at time 0, its own motion, paint; oncoming cars show their headlights."""
    x: float
    z0: float
    sway: float            # amplitude in metres of its moving ahead and back (same direction)
    period: float
    phase: float
    closing: float         # m/s towards the camera (oncoming), 0 for the same direction
    paint: int
    width: float
    height: float

    @property
    def oncoming(self):
        return self.closing > 0

    def depth(self, t):
        if self.oncoming:
            return (self.z0 - self.closing * t) % ONCOMING_SPAN
        return self.z0 + self.sway * np.sin(2 * np.pi * t / self.period + self.phase)


@dataclass(frozen=True)
class Roadside:
    """A tree or a post standing still beside the road, repeated every ROADSIDE_SPAN metres."""
    kind: str
    x: float
    z0: float
    size: float


@dataclass(frozen=True)
class Scene:
    """One drive. The four labels are what captions talk about; the rest is left to chance."""
    seed: int
    night: bool
    crowded: bool
    weather: str
    curved: bool
    speed: float
    bend: float            # curvature 1/m, mean
    bend_swing: float
    bend_period: float
    bend_phase: float
    tint: np.ndarray = field(repr=False)
    hills: np.ndarray = field(repr=False)
    cars: tuple = field(repr=False)
    roadside: tuple = field(repr=False)

    def curvature(self, t):
        return self.bend + self.bend_swing * np.sin(2 * np.pi * t / self.bend_period + self.bend_phase)

    def centre(self, z, t):
        """Lateral position of the road's middle at depth z."""
        return 0.5 * self.curvature(t) * np.asarray(z, np.float32) ** 2

    def heading(self, t):
        """How far the camera has turned: moves the far hills."""
        swing = np.cos(2 * np.pi * t / self.bend_period + self.bend_phase)
        return self.speed * (self.bend * t - self.bend_swing * self.bend_period / (2 * np.pi) * swing)


def sample(seed, night=None, crowded=None, weather=None, curved=None):
    """Draws the scene of this seed; a label that is given is fixed, the others are drawn."""
    rng = np.random.default_rng(seed)
    draws = rng.random(4)
    night = bool(draws[0] < 0.5) if night is None else night
    crowded = bool(draws[1] < 0.5) if crowded is None else crowded
    weather = WEATHER[int(np.searchsorted([0.5, 0.75], draws[2]))] if weather is None else weather
    curved = bool(draws[3] < 0.5) if curved is None else curved
    sign = rng.choice([-1.0, 1.0])
    bend = sign * rng.uniform(0.007, 0.015) if curved else rng.uniform(-0.0008, 0.0008)
    walk = np.cumsum(rng.normal(0, 1, 256))
    walk -= np.linspace(walk[0], walk[-1], 256)
    smooth = np.convolve(np.tile(walk, 3), np.hanning(9) / np.hanning(9).sum(), "same")[256:512]
    return Scene(seed, night, crowded, weather, curved,
                 speed=rng.uniform(8, 15), bend=bend,
                 bend_swing=0.003 if curved else 0.0004, bend_period=rng.uniform(8, 14),
                 bend_phase=rng.uniform(0, 6.28), tint=rng.uniform(-0.06, 0.06, 3).astype(np.float32),
                 hills=(smooth / (np.abs(smooth).max() + 1e-6)).astype(np.float32),
                 cars=_traffic(rng, crowded), roadside=_roadside(rng))


def _car(rng, x, z0, closing=0.0, sway=None):
    return Car(x, z0, rng.uniform(0.5, 2.0) if sway is None else sway, rng.uniform(5, 9), rng.uniform(0, 6.28),
               closing, int(rng.integers(len(PAINT))), rng.uniform(1.9, 2.2), rng.uniform(1.5, 1.85))


def _traffic(rng, crowded):
    if not crowded:
        if rng.random() < 0.7:
            return ()
        return (_car(rng, rng.choice([0.0, LANE]), rng.uniform(13, 22)),)
    cars = [_car(rng, 0.0, rng.uniform(9, 15))] if rng.random() < 0.85 else []
    cars.append(_car(rng, LANE, rng.uniform(7, 10)))
    if rng.random() < 0.7:
        cars.append(_car(rng, LANE, rng.uniform(16, 22)))
    closing, first, count = rng.uniform(14, 24), rng.uniform(0, ONCOMING_SPAN), int(rng.integers(2, 4))
    cars += [_car(rng, -LANE, first + i * ONCOMING_SPAN / count, closing) for i in range(count)]
    return tuple(cars)


def _roadside(rng):
    things = []
    for side in (-1, 1):
        if rng.random() < 0.8:
            things += [Roadside("post", side * 6.6, 15.0 * i, 1.0) for i in range(6)]
        for _ in range(rng.integers(2, 7)):
            things.append(Roadside("tree", side * rng.uniform(8, 13), rng.uniform(0, ROADSIDE_SPAN), rng.uniform(3.5, 7)))
    return tuple(things)
