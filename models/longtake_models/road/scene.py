"""What a drive contains, as a function of its seed: motion, traffic and labels of the old world, on a road with real curves, and a look."""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from ..world import scene as drives
from ..world.scene import VALUES, Labels
from ..world.track import Path
from .sky import Sky, sky
from .way import Way

__all__ = ["LANE", "ROAD_HALF", "VALUES", "Labels", "Scene", "sample"]

LANE, ROAD_HALF = drives.LANE, drives.ROAD_HALF
LOOK = 7_919  # of the generator that draws the look, so that the motion of a seed does not depend on it


@dataclass(frozen=True)
class Scene:
    """One drive: `drive` says where the camera and the cars are and what captions talk about."""

    drive: drives.Scene
    sky: Sky = field(repr=False)
    way: Way = field(repr=False)
    town: bool  # kerbs, pavements, houses and street lamps; posts and meadows otherwise
    wooded: float  # share of the places beside the road that a tree stands on
    grass: tuple[float, float, float] = field(repr=False)
    dry: float = field(repr=False)  # share of the grass that is straw
    wear: float = field(repr=False)  # of the road: 0 is new

    def labels(self) -> Labels:
        return self.drive.labels()

    @property
    def seed(self) -> int:
        return self.drive.seed

    @property
    def lights(self) -> bool:
        """Whether the cars have their lights on."""
        return self.drive.timeOfDay != "day" or self.drive.weather != "clear"

    def travelled(self, t: float) -> float:
        """Metres along the road at t seconds."""
        return self.drive.travelled(t)


def sample(
    seed: int, timeOfDay: str | None = None, traffic: str | None = None, weather: str | None = None, road: str | None = None
) -> Scene:
    """The scene of this seed; a label that is given is fixed, the others are drawn as in the old world."""
    drive = drives.sample(seed, timeOfDay, traffic, weather, road)
    rng = np.random.default_rng((seed, LOOK))
    if drive.road == "curve":
        drive = replace(drive, curve=_bends(rng))
    shade = rng.uniform(0.75, 1.25)
    return Scene(
        drive,
        way=Way(drive.curve, drive.hills),
        town=bool(rng.random() < 0.45),
        wooded=float(rng.uniform(0.35, 0.8)),
        grass=(0.075 * shade * rng.uniform(0.85, 1.15), 0.115 * shade, 0.03 * shade * rng.uniform(0.8, 1.2)),
        dry=float(rng.uniform(0, 1)),
        wear=float(rng.uniform(0, 1)),
        sky=sky(rng, drive.timeOfDay, drive.weather),  # last: it draws more for some hours than for others
    )


def _bends(rng: np.random.Generator) -> Path:
    """A winding road that can be driven at 13 m/s: no radius below 45 m, little of it straight (the third harmonic squares the wave)."""
    main, phase = 2 * math.pi / rng.uniform(140, 190), rng.uniform(0, 6.28)
    depth = rng.uniform(0.0135, 0.0165)
    return Path(((depth, main, phase), (depth * 0.22, 3 * main, 3 * phase), (0.0015, main / rng.uniform(2.3, 3.1), rng.uniform(0, 6.28))))
