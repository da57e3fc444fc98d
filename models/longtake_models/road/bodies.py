"""The bodies that cars come in, in metres: z from the rear bumper ahead, y up from the road."""

from dataclasses import dataclass

import numpy as np

from ..arrays import Doubles
from .solids import polygon, smooth_max, smooth_min

Line = tuple[float, float, float, float]  # from (z, y) to (z, y)


@dataclass(frozen=True)
class Body:
    """`profile` is the outline seen from the side (z, y); `rear` and `screen` are the panes at the back and in front of the driver."""

    name: str
    length: float
    width: float
    height: float
    belt: float  # height of the lower edge of the side windows
    rear: Line
    screen: Line
    wheel: float  # radius
    axles: tuple[float, float]  # z of the rear one and of the front one
    profile: tuple[tuple[float, float], ...]
    boxy: bool = False
    panelled: bool = False  # a van without windows behind the driver

    def distance(self, x: Doubles, y: Doubles, z: Doubles) -> Doubles:
        """(X, Y, Z): signed distance to the painted body, with arches and mirrors, on the grid of three axes."""
        half = self.width / 2
        side = polygon(*np.meshgrid(z, y, indexing="ij"), self.profile).T
        across = polygon(*np.meshgrid(x, y, indexing="ij"), _both(self._section()))
        above = polygon(*np.meshgrid(x, z, indexing="ij"), _both(self._plan()))
        found = smooth_max(smooth_max(side[None], across[:, :, None], 0.10), above[:, None, :], 0.12)
        far, high, along = np.meshgrid(np.abs(x), y, z, indexing="ij")
        for axle in self.axles:
            arch = np.hypot(high - self.wheel, along - axle) - (self.wheel + 0.07)
            found = np.maximum(found, -np.maximum(arch, (half - 0.27) - far))
        mirror = [(far - half - 0.06) / 0.12, (high - self.belt - 0.06) / 0.085, (along - self.screen[0] + 0.45) / 0.07]
        return smooth_min(found, (np.sqrt(sum(part**2 for part in mirror)) - 1) * 0.07, 0.04)

    def _section(self) -> list[tuple[float, float]]:
        """The right half of the outline seen from the rear (x, y)."""
        w, b, h = self.width / 2, self.belt, self.height
        if self.boxy:
            return [(w - 0.05, 0.2), (w, 0.5), (w - 0.01, b), (w - 0.05, b + 0.05), (w - 0.14, h - 0.12), (w - 0.26, h + 0.05)]
        lower = [(w - 0.07, 0.18), (w - 0.01, 0.40), (w, 0.62), (w - 0.02, b - 0.06)]
        return [*lower, (w - 0.06, b), (w - 0.10, b + 0.04), (w - 0.24, h - 0.07), (w - 0.34, h + 0.05)]

    def _plan(self) -> list[tuple[float, float]]:
        """The right half of the outline seen from above (x, z): narrower towards both ends."""
        half, long = self.width / 2, self.length
        z = np.linspace(0, long, 24)
        x = half - 0.02 - 0.11 * np.abs((z - long / 2) / (long / 2)) ** 5 - 0.10 * np.clip((z - long * 0.8) / (long * 0.2), 0, 1) ** 2
        middle = list(zip((x + 0.03).tolist()[:-1], z.tolist()[:-1]))
        ends = [(0.62 * half, -0.06), (float(x[0]) - 0.06, -0.03)], [(float(x[-1]) - 0.1, long - 0.02), (0.5 * half, long + 0.02)]
        return [*ends[0], *middle, *ends[1]]


def _both(half: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return half + [(-x, y) for x, y in half[::-1]]


HATCH = Body(
    "hatch", 4.0, 1.78, 1.48, 0.95, (0.10, 1.0, 0.52, 1.40), (3.02, 0.99, 2.30, 1.42), 0.31, (0.72, 3.22),
    ((-0.02, 0.30), (-0.04, 0.58), (0.03, 0.64), (0.05, 0.97), (0.50, 1.40), (1.0, 1.47), (1.8, 1.48), (2.32, 1.43), (3.05, 0.98),
     (3.72, 0.82), (3.95, 0.62), (4.0, 0.35), (3.9, 0.2), (0.12, 0.22)),
)  # fmt: skip
SALOON = Body(
    "saloon", 4.6, 1.82, 1.44, 0.96, (0.62, 1.03, 1.12, 1.36), (3.42, 0.98, 2.74, 1.38), 0.32, (0.95, 3.72),
    ((-0.02, 0.30), (-0.04, 0.58), (0.03, 0.62), (0.02, 1.0), (0.10, 1.03), (0.58, 1.02), (1.15, 1.37), (1.75, 1.44), (2.3, 1.44),
     (2.75, 1.38), (3.45, 0.98), (4.28, 0.83), (4.54, 0.62), (4.6, 0.35), (4.5, 0.2), (0.12, 0.22)),
)  # fmt: skip
ESTATE = Body(
    "estate", 4.65, 1.82, 1.47, 0.96, (0.10, 1.02, 0.42, 1.38), (3.46, 0.98, 2.78, 1.40), 0.32, (0.95, 3.74),
    ((-0.02, 0.30), (-0.04, 0.58), (0.03, 0.63), (0.05, 0.99), (0.42, 1.39), (0.95, 1.46), (1.9, 1.47), (2.78, 1.41), (3.50, 0.98),
     (4.32, 0.83), (4.59, 0.62), (4.65, 0.35), (4.55, 0.2), (0.12, 0.22)),
)  # fmt: skip
SUV = Body(
    "suv", 4.45, 1.86, 1.68, 1.08, (0.08, 1.10, 0.34, 1.57), (3.28, 1.12, 2.66, 1.60), 0.36, (0.85, 3.55),
    ((-0.02, 0.38), (-0.04, 0.70), (0.03, 0.76), (0.04, 1.08), (0.33, 1.57), (0.8, 1.66), (2.1, 1.68), (2.68, 1.61), (3.32, 1.12),
     (4.15, 1.0), (4.4, 0.78), (4.45, 0.45), (4.35, 0.28), (0.14, 0.28)),
)  # fmt: skip
VAN = Body(
    "van", 4.9, 1.92, 1.98, 1.15, (0.06, 1.18, 0.12, 1.80), (4.28, 1.18, 3.46, 1.86), 0.34, (0.9, 3.95),
    ((-0.02, 0.34), (-0.03, 0.55), (0.02, 0.6), (0.05, 1.2), (0.14, 1.9), (0.4, 1.97), (3.0, 1.98), (3.5, 1.87), (4.32, 1.15),
     (4.75, 0.97), (4.87, 0.7), (4.9, 0.45), (4.8, 0.25), (0.12, 0.26)),
    boxy=True,
)  # fmt: skip
DELIVERY = Body(
    "delivery", 5.4, 2.02, 2.35, 1.22, (0.06, 1.5, 0.10, 2.05), (4.78, 1.22, 4.02, 2.10), 0.35, (1.0, 4.4),
    ((-0.02, 0.36), (-0.03, 0.55), (0.02, 0.6), (0.04, 1.2), (0.08, 2.25), (0.3, 2.34), (3.3, 2.35), (4.05, 2.13), (4.84, 1.2),
     (5.24, 1.02), (5.37, 0.72), (5.4, 0.47), (5.3, 0.27), (0.12, 0.28)),
    boxy=True, panelled=True,
)  # fmt: skip
BODIES = {body.name: body for body in (HATCH, SALOON, ESTATE, SUV, VAN, DELIVERY)}
