"""Pictures of a scene, anti-aliased: drawn larger with sub-pixel polygons, then area-averaged."""

import random
from collections.abc import Callable, Iterator
from typing import TypeAlias

import cv2
import numpy as np

from ..arrays import Pictures
from . import backdrop, cars, light, roadside, things
from .brush import SUBPIXEL, Brush
from .roadside import Key
from .scene import Scene
from .view import View

Stroke: TypeAlias = Callable[[Brush], None]
Placed: TypeAlias = tuple[Key, tuple[float, float], Stroke]

OVERSAMPLE = 2


def render(scene: Scene, t: float, height: int, width: int, oversample: int = OVERSAMPLE) -> Pictures:
    """uint8 (height, width, 3) RGB of the scene at time t seconds."""
    rows, columns = height * oversample, width * oversample
    view, lit = View(scene, t, rows, columns), light.of(scene)
    brush = Brush(np.empty((rows, columns, 3), np.uint8))
    backdrop.paint(brush, scene, view, lit)
    for _, _, draw in placed(scene, t, view, lit):
        draw(brush)
    canvas = brush.whole
    if scene.weather == "rain":
        canvas = _rain(canvas, scene, t)
    return np.asarray(cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def clip(scene: Scene, start: float, frames: int, fps: float, height: int, width: int) -> Pictures:
    """uint8 (frames, height, width, 3)."""
    return np.stack([render(scene, start + i / fps, height, width) for i in range(frames)])


def placed(scene: Scene, t: float, view: View, lit: light.Light) -> Iterator[Placed]:
    """(key, (lateral x, depth z), draw) of everything that stands or drives, farthest first; draw takes a brush."""
    found: list[tuple[float, Key, float, float, float, Callable[..., None], tuple[object, ...]]] = []
    for thing in roadside.near(scene, view.way):
        z = thing.s - view.way
        found.append((z, thing.key, thing.x, roadside.presence(z), 8.0 if thing.kind == "house" else 4.0, things.paint, (thing, z)))
    for car in scene.flow.at(t, view.way):
        found.append((car.z, ("car", *car.key), car.x, car.presence, 2.0, cars.paint, (car,)))
    found.sort(key=lambda item: -item[0])
    for z, key, x, presence, reach, paint, subject in found:
        if presence > 0.02:
            yield key, (x, z), _stroke(scene, view, lit, x, z, presence, reach, paint, subject)


def _stroke(
    scene: Scene,
    view: View,
    lit: light.Light,
    x: float,
    z: float,
    presence: float,
    reach: float,
    paint: Callable[..., None],
    subject: tuple[object, ...],
) -> Stroke:
    def draw(brush: Brush) -> None:
        if z > 8:  # nearer than this no crest can hide anything
            crest = float(view.hidden_from(z))
            if crest < view.row(z) - 0.5:
                brush.below(crest)
        if presence >= 0.99:
            paint(brush, scene, view, lit, *subject)
        else:
            px, _, scale = view.place(z)
            middle = px + x * scale
            brush.faded(presence, middle - reach * scale, middle + reach * scale, lambda: paint(brush, scene, view, lit, *subject))
        brush.below(view.rows)

    return draw


def _rain(canvas: Pictures, scene: Scene, t: float) -> Pictures:
    """Few, faint streaks: drops of fixed columns fall through the picture again and again."""
    rng = random.Random(scene.seed + 77)
    rows, columns = canvas.shape[:2]
    layer = canvas.copy()
    tone = {"day": (205, 209, 214), "dusk": (190, 160, 150), "night": (120, 124, 132)}[scene.timeOfDay]
    for _ in range(24):
        x, y, pace = rng.random(), rng.random(), rng.random()
        down = ((y + t * (2.2 + pace)) % 1.15) * rows
        start = (int(x * columns * 16), int(down * 16))
        end = (int((x * columns + rows * 0.012) * 16), int((down - rows * 0.11) * 16))
        cv2.line(layer, start, end, tone, max(1, rows // 170), cv2.LINE_AA, SUBPIXEL)
    return np.asarray(cv2.addWeighted(layer, 0.35, canvas, 0.65, 0), np.uint8)
