"""An endless road as sums of sinusoids of the arc length s: no integration, no wrap, no drift.

The second derivative is the sum of a_i sin(w_i s + p_i); slope and value are its exact integrals. The world is kept in
coordinates (s, lateral, height); the camera shears it so that its own tangent is straight ahead. For the small angles
of a road this is the picture of a turning camera, and it is exactly consistent from frame to frame.
"""

import math
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np

from ..arrays import Doubles

Value = TypeVar("Value", float, Doubles)


def _sine(angle: Value) -> Value:
    return math.sin(angle) if isinstance(angle, float) else np.sin(angle)


@dataclass(frozen=True)
class Path:
    """Waves (a, w, p): amplitude of the second derivative, angular frequency in rad/m, phase."""

    waves: tuple[tuple[float, float, float], ...]

    def bend(self, s: Value) -> Value:
        return cast(Value, sum(a * _sine(w * s + p) for a, w, p in self.waves))

    def slope(self, s: Value) -> Value:
        return cast(Value, sum(-a / w * _sine(w * s + (p + math.pi / 2)) for a, w, p in self.waves))

    def value(self, s: Value) -> Value:
        return cast(Value, sum(-a / (w * w) * _sine(w * s + p) for a, w, p in self.waves))


def curve(rng: np.random.Generator, bending: bool) -> Path:
    """Sideways path. The third harmonic squares the wave, so that little of a winding road is straight."""
    if not bending:
        return Path(tuple((rng.uniform(2e-4, 5e-4), 2 * math.pi / length, rng.uniform(0, 6.28)) for length in (170.0, 390.0)))
    main, phase = 2 * math.pi / rng.uniform(125, 170), rng.uniform(0, 6.28)
    depth = rng.uniform(0.025, 0.031)
    return Path(((depth, main, phase), (depth * 0.22, 3 * main, 3 * phase), (0.004, main / rng.uniform(2.3, 3.1), rng.uniform(0, 6.28))))


def hills(rng: np.random.Generator) -> Path:
    """Height of the road: grades of a few per cent, so that some crests hide what is behind them."""
    waves = []
    for length, grade in ((rng.uniform(85, 120), 0.022), (rng.uniform(150, 230), 0.032), (rng.uniform(330, 480), 0.02)):
        w = 2 * math.pi / length
        waves.append((grade * rng.uniform(0.6, 1.2) * w, w, rng.uniform(0, 6.28)))
    return Path(tuple(waves))
