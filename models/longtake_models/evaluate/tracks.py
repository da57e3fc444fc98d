"""Cars followed from keyframe to keyframe: are those that drive ahead still there in the next one, and in the same paint?

Boxes are (n, ≥ 4) a frame: x0, y0, x1, y1 in 0..1 of the picture. A car is steady if it has hardly moved since the frame before: it drives
ahead, and what drives ahead does not vanish within a sixth of a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from ..arrays import Array, Doubles, Floats, Pictures
from ..detector import overlap

STEADY, SAME = 0.6, 0.3  # least overlap with the frame before; with the frame after, to be found again
WIDE, EDGE = 0.06, 0.01  # of the picture: narrower cars and cut ones come and go
BODY = (0.2, 0.55, 0.25, 0.75)  # rows and columns of a box that show paint: not the road below, not what is beside it


@dataclass
class Seen:
    """What became of steady cars from some frames to the next ones."""

    cars: int = 0
    found: int = 0
    paint: list[float] = field(default_factory=list)  # Lab units between the paint of a car and itself in the next frame

    @property
    def survival(self) -> float:
        return self.found / self.cars if self.cars else float("nan")

    @property
    def drift(self) -> float:
        return float(np.mean(self.paint)) if self.paint else float("nan")

    def __add__(self, other: "Seen") -> "Seen":
        return Seen(self.cars + other.cars, self.found + other.found, self.paint + other.paint)


def partners(before: Floats, after: Floats, least: float) -> list[tuple[int, int]]:
    """Indices of boxes that overlap by `least` or more, each box in one pair at most, the best pairs first."""
    left, pairs = overlap(before, after), []
    while left.size and left.max() >= least:
        i, j = np.unravel_index(left.argmax(), left.shape)
        pairs.append((int(i), int(j)))
        left[i], left[:, j] = -1, -1
    return pairs


def paint(frame: Pictures, box: Array) -> Doubles:
    """Mean Lab (3,) of a car's body."""
    rows, columns = frame.shape[:2]
    (x0, y0, x1, y1), (top, low, left, right) = box[:4], BODY
    y = span(y0 + top * (y1 - y0), y0 + low * (y1 - y0), rows)
    x = span(x0 + left * (x1 - x0), x0 + right * (x1 - x0), columns)
    lab = cv2.cvtColor(np.asarray(frame[y, x], np.float32) / 255, cv2.COLOR_RGB2LAB)
    return np.asarray(lab.reshape(-1, 3).mean(0), np.float64)


def span(first: float, end: float, pixels: int) -> slice:
    """What a share of a side is in pixels: inside the picture, and at least one."""
    begin = min(max(0, int(first * pixels)), pixels - 1)
    return slice(begin, max(begin + 1, round(end * pixels)))


def followed(frames: Pictures, boxes: Sequence[Floats], at: int) -> Seen:
    """What becomes of the cars that are steady in frame `at` (1 or more) in the one after it."""
    before, now, after = (boxes[k] for k in (at - 1, at, at + 1))
    steady = sorted(j for _, j in partners(before, now, STEADY) if whole(now[j]))
    pairs = dict(partners(now, after, SAME))
    kept = [(now[j], after[pairs[j]]) for j in steady if j in pairs]
    apart = [float(np.linalg.norm(paint(frames[at + 1], b) - paint(frames[at], a))) for a, b in kept]
    return Seen(len(steady), len(kept), apart)


def whole(box: Array) -> bool:
    """Wide enough to be followed, and not cut by an edge."""
    x0, _, x1, y1 = box[:4]
    return bool(x1 - x0 >= WIDE and x0 > EDGE and x1 < 1 - EDGE and y1 < 1 - EDGE)


def paints(frames: Pictures, boxes: Sequence[Floats]) -> Doubles:
    """Hue and its strength, Lab a and b, of every whole car of every frame, (n, 2)."""
    found = [paint(frame, box)[1:] for frame, each in zip(frames, boxes) for box in each if whole(box)]
    return np.array(found, np.float64).reshape(-1, 2)
