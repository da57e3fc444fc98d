"""What draws polygons: into a picture, or into an index of which thing is seen where (for flow)."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import cv2
import numpy as np

from ..arrays import Array, Pictures
from .colours import Colour, Point

SUBPIXEL = 4  # bits of polygon precision
Points: TypeAlias = Sequence[Point] | Array


def _points(points: Points) -> Array:
    return np.rint(np.asarray(points, np.float32) * (1 << SUBPIXEL)).astype(np.int32).reshape(-1, 2)


class Brush:
    """Anti-aliased colour on a uint8 (rows, columns, 3) canvas; `below` hides everything from a row on downwards."""

    def __init__(self, canvas: Pictures) -> None:
        cv2.setNumThreads(1)  # the processes that render already fill the cores
        self.whole = self.canvas = canvas

    def below(self, row: float) -> None:
        self.canvas = self.whole[: max(0, min(len(self.whole), round(row)))]

    def fill(self, points: Points, colour: Colour) -> None:
        if len(self.canvas):
            cv2.fillPoly(self.canvas, [_points(points)], colour, cv2.LINE_AA, SUBPIXEL)

    def hull(self, points: Points, colour: Colour) -> None:
        self.fill(cv2.convexHull(np.asarray(points, np.float32)), colour)

    def faded(self, alpha: float, x0: float, x1: float, draw: Callable[[], None]) -> None:
        """Draws something within the columns x0..x1 with opacity alpha, by way of a copy of these columns only."""
        x0, x1 = max(0, int(x0)), min(self.whole.shape[1], int(x1) + 1)
        if x1 <= x0:
            return
        before = self.whole[:, x0:x1].copy()
        draw()
        self.whole[:, x0:x1] = cv2.addWeighted(self.whole[:, x0:x1], alpha, before, 1 - alpha, 0)

    def glow(self, x: float, y: float, wide: float, high: float, colour: Colour, strength: float) -> None:
        """Adds a Gaussian spot of light; wide and high are the pixels at which it has fallen to 1/e."""
        rows, columns = self.canvas.shape[:2]
        x0, x1 = max(0, int(x - 2.2 * wide)), min(columns, int(x + 2.2 * wide) + 1)
        y0, y1 = max(0, int(y - 2.2 * high)), min(rows, int(y + 2.2 * high) + 1)
        if x1 <= x0 or y1 <= y0:
            return
        across = np.exp(-(((np.arange(x0, x1, dtype=np.float32) + 0.5 - x) / wide) ** 2))
        down = np.exp(-(((np.arange(y0, y1, dtype=np.float32) + 0.5 - y) / high) ** 2)) * strength
        spot = cv2.merge([(down * c)[:, None] * across for c in colour]).astype(np.uint8)
        part = self.canvas[y0:y1, x0:x1]
        part[:] = cv2.add(part, spot)


class IndexBrush(Brush):
    """The same shapes as one number each on a uint8 (rows, columns) canvas; light leaves no trace."""

    index = 0

    def fill(self, points: Points, colour: Colour) -> None:
        if len(self.canvas):
            cv2.fillPoly(self.canvas, [_points(points)], (self.index,), cv2.LINE_8, SUBPIXEL)

    def faded(self, alpha: float, x0: float, x1: float, draw: Callable[[], None]) -> None:
        draw()

    def glow(self, x: float, y: float, wide: float, high: float, colour: Colour, strength: float) -> None:
        pass
