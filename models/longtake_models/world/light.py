"""Colour and light: how bright a matt surface is at some depth, and how distance takes it."""

import functools
import math

import numpy as np

from ..arrays import Array, Floats
from .colours import Colour
from .scene import Scene

# Colour that distance fades to, by time and weather.
HAZE = {
    ("day", "clear"): (170, 200, 228),
    ("day", "rain"): (150, 157, 165),
    ("day", "fog"): (200, 203, 206),
    ("dusk", "clear"): (244, 142, 74),
    ("dusk", "rain"): (158, 104, 88),
    ("dusk", "fog"): (206, 142, 108),
    ("night", "clear"): (16, 19, 40),
    ("night", "rain"): (22, 24, 33),
    ("night", "fog"): (46, 48, 55),
}
# The sky's zenith and the colour half way down.
SKY = {
    ("day", "clear"): ((60, 125, 225), (110, 165, 232)),
    ("day", "rain"): ((104, 112, 126), (128, 136, 146)),
    ("day", "fog"): ((180, 186, 192), (190, 195, 200)),
    ("dusk", "clear"): ((62, 48, 112), (172, 82, 104)),
    ("dusk", "rain"): ((62, 54, 76), (104, 76, 82)),
    ("dusk", "fog"): ((138, 98, 104), (176, 120, 106)),
    ("night", "clear"): ((4, 6, 22), (9, 12, 32)),
    ("night", "rain"): ((11, 12, 18), (16, 18, 26)),
    ("night", "fog"): ((28, 30, 36), (38, 40, 47)),
}
REACH = {"clear": 190.0, "rain": 80.0, "fog": 20.0}  # metres to 1/e
AMBIENT = {"clear": 1.0, "rain": 0.72, "fog": 0.85}
WARM = {"day": (1.0, 1.0, 1.0), "dusk": (0.66, 0.52, 0.5), "night": (0.19, 0.195, 0.235)}
BEAM = {"day": 0.0, "dusk": 0.2, "night": 0.6}  # of the camera's own headlights
BEAM_REACH = 17.0


class Light:
    def __init__(self, time: str, weather: str, tint: tuple[float, ...]) -> None:
        self.far = HAZE[time, weather]
        self.sky = tuple(tuple(min(255.0, c * (1 + g)) for c, g in zip(stop, tint)) for stop in SKY[time, weather])
        self.reach = REACH[weather]
        self.warm = tuple(w * AMBIENT[weather] for w in WARM[time])
        self.beam = BEAM[time]

    def shade(self, colour: Colour, z: float, gain: float = 1.0) -> Colour:
        """Colour of a matt surface at depth z metres, as three floats."""
        seen = math.exp(-max(z - 4, 0) / self.reach)
        beam = self.beam * math.exp(-max(z, 0) / BEAM_REACH)
        return tuple(min(255.0, gain * c * (w + beam)) * seen + f * (1 - seen) for c, w, f in zip(colour, self.warm, self.far))

    def rows(self, colour: Array, z: Array) -> Floats:
        """The same for colours (n or 1, 3) at depths (n,): float32 (n, 3)."""
        seen = np.exp(-np.maximum(z - 4, 0) / self.reach)[:, None]
        beam = (self.beam * np.exp(-z / BEAM_REACH))[:, None]
        lit = np.minimum(255, np.asarray(colour, np.float32) * (np.asarray(self.warm) + beam))
        return (lit * seen + np.asarray(self.far) * (1 - seen)).astype(np.float32)

    def lamp(self, colour: Colour, z: float) -> Colour:
        """Colour of something that shines itself: distance takes it half as fast."""
        seen = math.exp(-max(z - 4, 0) / (2 * self.reach))
        return tuple(c * seen + f * (1 - seen) for c, f in zip(colour, self.far))


@functools.lru_cache(64)
def _light(time: str, weather: str, tint: tuple[float, ...]) -> Light:
    return Light(time, weather, tint)


def of(scene: Scene) -> Light:
    return _light(scene.timeOfDay, scene.weather, scene.tint)
