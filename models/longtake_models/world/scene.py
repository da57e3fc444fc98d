"""What a video contains, as a function of time: everything metric, nothing in pixels.

The camera drives along the middle lane; x is to the right of the road's middle, z is ahead; metres and seconds.
A scene is a pure function of its seed, so any resolution, any frame rate and any length show the same video.
"""

import math
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from . import track, traffic
from .traffic import Traffic
from .traffic import sample as cars_of

Labels: TypeAlias = dict[str, str]  # the four conditions: attribute -> value

LANE = traffic.LANE
ROAD_HALF = 1.5 * LANE + 0.3  # three lanes, the left one is oncoming
DASH_PERIOD = 9.0  # metres per lane mark and gap: more than twice the way between two keyframes

VALUES = {
    "timeOfDay": ("day", "dusk", "night"),
    "traffic": ("empty", "normal", "crowded"),
    "weather": ("clear", "rain", "fog"),
    "road": ("straight", "curve"),
}


@dataclass(frozen=True)
class Scene:
    """One drive. The four labels are what captions talk about; the rest is left to chance."""

    seed: int
    timeOfDay: str
    traffic: str
    weather: str
    road: str
    pace: float  # mean speed, m/s
    surges: tuple[tuple[float, float, float], ...]  # (m/s, rad/s, phase) of its slow variation
    curve: track.Path = field(repr=False)
    hills: track.Path = field(repr=False)
    flow: Traffic = field(repr=False)
    tint: tuple[float, ...] = field(repr=False)  # of the colours, a few per cent
    skyline: tuple[tuple[float, float, float], ...] = field(repr=False)  # (height, rad^-1, phase) of the far hills
    town: float = 0.0  # share of buildings among the things beside the road
    posts: bool = True
    sun: float = 0.0  # azimuth of sun or moon, rad

    def __post_init__(self) -> None:
        for name, value in self.labels().items():
            if value not in VALUES[name]:
                raise ValueError(f"Scene {self.seed}: {name} is {value!r}, expected one of {', '.join(VALUES[name])}")

    def labels(self) -> Labels:
        return {name: getattr(self, name) for name in VALUES}

    @property
    def night(self) -> bool:
        return self.timeOfDay == "night"

    @property
    def lights(self) -> bool:
        """Whether the cars have their lights on."""
        return self.timeOfDay != "day"

    def speed(self, t: float) -> float:
        """m/s, within 8..15."""
        return self.pace + sum(a * math.cos(w * t + p) for a, w, p in self.surges)

    def travelled(self, t: float) -> float:
        """Arc length of the camera in metres: the integral of speed."""
        return float(self.pace * t + sum(a / w * math.sin(w * t + p) for a, w, p in self.surges))

    def curvature(self, t: float) -> float:
        """1/m, mean of the next 30 m; positive bends to the right."""
        s = self.travelled(t)
        return (self.curve.slope(s + 30) - self.curve.slope(s)) / 30

    def grade(self, t: float) -> float:
        """Rise per metre, mean of the next 30 m: also the camera's pitch, which so follows the hills smoothly."""
        s = self.travelled(t)
        return (self.hills.value(s + 30) - self.hills.value(s)) / 30


def sample(
    seed: int, timeOfDay: str | None = None, traffic: str | None = None, weather: str | None = None, road: str | None = None
) -> Scene:
    """The scene of this seed; a label that is given is fixed, the others are drawn uniformly and independently."""
    rng = np.random.default_rng(seed)
    given = {"timeOfDay": timeOfDay, "traffic": traffic, "weather": weather, "road": road}
    drawn = {name: options[int(rng.random() * len(options))] for name, options in VALUES.items()}
    said = {name: drawn[name] if value is None else value for name, value in given.items()}
    return Scene(
        seed,
        **said,
        pace=rng.uniform(9.6, 13.4),
        surges=tuple((rng.uniform(0.3, 0.75), 2 * math.pi / rng.uniform(*period), rng.uniform(0, 6.28)) for period in ((9, 14), (17, 29))),
        curve=track.curve(rng, said["road"] == "curve"),
        hills=track.hills(rng),
        flow=cars_of(rng, said["traffic"]),
        tint=tuple(rng.uniform(-0.06, 0.06, 3).tolist()),
        skyline=tuple((rng.uniform(0.5, 1.0) / (i + 1), (i + 1) * rng.uniform(3.5, 5.0), rng.uniform(0, 6.28)) for i in range(4)),
        town=float(rng.choice([0.0, 0.12, 0.45])),
        posts=bool(rng.random() < 0.7),
        sun=rng.uniform(-0.45, 0.45),
    )
