"""The middle of the road in space: where it is after s metres, and which way it points.

x is to the right and z ahead of the start, y is up; metres and radians. The heading is the exact integral of the curvature; the place is
its sum over steps of a metre from a fixed start, so that it is the same in every frame of a drive.
"""

import functools
from dataclasses import dataclass

import numpy as np

from ..arrays import Array, Doubles
from ..world.track import Path

START = -64  # metres; nothing is asked for before
CHUNK = 4096  # metres that are summed at once


@dataclass(frozen=True)
class Way:
    curve: Path
    hills: Path

    def heading(self, s: Doubles) -> Doubles:
        """Positive to the right."""
        return self.curve.slope(s)

    def grade(self, s: Doubles) -> Doubles:
        """Rise per metre."""
        return self.hills.slope(s)

    def place(self, s: Doubles, lateral: Array | float = 0.0, height: Array | float = 0.0) -> Doubles:
        """(..., 3): the point `lateral` metres to the right of the middle and `height` above it."""
        nodes = _middle(self.curve, int((float(np.max(s)) - START) // CHUNK) + 1)
        if np.min(s) < START:
            raise ValueError(f"Way: s is {float(np.min(s)):.1f} m, expected at least {START}")
        at = np.asarray(s) - START
        index = np.floor(at).astype(int)
        share = (at - index)[..., None]
        flat = nodes[index] * (1 - share) + nodes[index + 1] * share
        heading = self.heading(np.asarray(s))
        return np.stack(
            [flat[..., 0] + lateral * np.cos(heading), self.hills.value(np.asarray(s)) + height, flat[..., 1] - lateral * np.sin(heading)],
            -1,
        )


@functools.lru_cache(16)
def _middle(curve: Path, chunks: int) -> Doubles:
    """(1 + CHUNK * chunks, 2): x and z of the middle at every metre from START on."""
    heading = curve.slope(START + 0.5 + np.arange(CHUNK * chunks, dtype=np.float64))
    steps = np.stack([np.sin(heading), np.cos(heading)], -1)
    return np.concatenate([np.zeros((1, 2)), np.cumsum(steps, 0)])
