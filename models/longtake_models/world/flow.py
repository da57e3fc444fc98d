"""Exact optical flow of a scene: where what is seen at a pixel at t0 lies at t1, from the renderer's own geometry."""

from typing import TypeAlias

import numpy as np

from ..arrays import Doubles, Flow, Pictures, Truths
from . import light
from .brush import IndexBrush
from .render import placed
from .roadside import Key
from .scene import Scene
from .view import View

Seen: TypeAlias = tuple[Key, float, float, float]  # what it is, column, row and pixels a metre

NEAREST = 1.5
HIDDEN = 1.5  # pixels by which a point may lie below the crest that would hide it


def flow(scene: Scene, t0: float, t1: float, height: int, width: int) -> Flow:
    """float32 (height, width, 2): dx, dy in pixels; bool (height, width): seen in both frames.

    Things and cars are planes at the depth of their near face; sky and far hills turn with the camera; glow, rain and
    the sides of houses and cars that pass close by are not exact.
    """
    before, after = View(scene, t0, height, width), View(scene, t1, height, width)
    first, seen = _index(scene, t0, before, height, width)
    second, there = _index(scene, t1, after, height, width)
    y, x = np.meshgrid(np.arange(height) + 0.5, np.arange(width) + 0.5, indexing="ij")
    moved = _backdrop(before, after, x, y)
    valid = moved[2]
    goal = np.stack(moved[:2], -1)
    wanted = np.zeros((height, width), np.uint8)  # index of the same thing at t1
    numbers = {key: i + 1 for i, (key, *_) in enumerate(there)}
    for i, (key, px, py, scale) in enumerate(seen):
        mask = first == i + 1
        if not mask.any():
            continue
        number = numbers.get(key, 0)
        valid[mask] = number > 0
        if number:
            _, qx, qy, larger = there[number - 1]
            goal[mask] = np.stack([qx + (x[mask] - px) * larger / scale, qy + (y[mask] - py) * larger / scale], -1)
            wanted[mask] = number
    column, row = np.floor(goal[..., 0]), np.floor(goal[..., 1])
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    column, row = (np.clip(v, 0, end - 1).astype(int) for v, end in ((column, width), (row, height)))
    valid &= inside & (second[row, column] == wanted)
    return np.stack([goal[..., 0] - x, goal[..., 1] - y], -1).astype(np.float32), valid


def _backdrop(before: View, after: View, x: Doubles, y: Doubles) -> tuple[Doubles, Doubles, Truths]:
    """New column, new row and validity of ground and sky."""
    sky = y < before.top
    z = before.depth(y[:, 0])
    lateral = (x - before.cx) * (z / before.focal)[:, None] - before.centre(z)[:, None]
    later = np.maximum(z - (after.way - before.way), NEAREST)
    scale = after.focal / later
    row = after.row(later)
    column = after.cx + (after.centre(later)[:, None] + lateral) * scale[:, None]
    plain = (z - (after.way - before.way) > NEAREST) & (row <= after.hidden_from(later) + HIDDEN)
    turn = (after.heading - before.heading) * after.focal
    new_x = np.where(sky, x - turn, column)
    new_y = np.where(sky, y + after.horizon - before.horizon, row[:, None])
    return new_x, new_y, sky | plain[:, None]


def _index(scene: Scene, t: float, view: View, height: int, width: int) -> tuple[Pictures, list[Seen]]:
    """uint8 (height, width): number of the thing seen at a pixel, 0 for none; and (key, column, row, scale) of each."""
    brush, things = IndexBrush(np.zeros((height, width), np.uint8)), []
    for number, (key, (x, z), draw) in enumerate(placed(scene, t, view, light.of(scene)), 1):
        brush.index = min(number, 255)
        draw(brush)
        px, py, scale = view.place(max(z, NEAREST))
        things.append((key, px + x * scale, py, scale))
    return brush.whole, things
