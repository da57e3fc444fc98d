"""Sky, far hills and skyline, field and road: everything that is drawn by rows and not as things."""

import math

import cv2
import numpy as np

from ..arrays import Doubles, Floats, Pictures
from .brush import Brush
from .colours import Colour
from .light import Light
from .scene import DASH_PERIOD, LANE, ROAD_HALF, Scene
from .view import View

FIELD, ASPHALT, MARK = (78, 140, 52), (90, 92, 99), (250, 250, 240)
DASH = 3.8  # metres of the period that are painted
BAND = 7.5  # metres of a lighter and a darker band of the field
LAYERS = ((0.115, (92, 118, 132), 0.45), (0.06, (66, 106, 72), 0.25))  # height, colour, share of haze


def paint(brush: Brush, scene: Scene, view: View, light: Light) -> None:
    """Fills the whole canvas."""
    canvas = brush.whole
    first = min(max(math.floor(view.top), 0), len(canvas) - 1)
    y = (np.arange(first + 1, dtype=np.float32) + 0.5 - view.horizon) / (0.36 * view.rows) + 1
    stops = (light.sky[0], light.sky[1], light.far)
    canvas[: first + 1] = np.stack([np.interp(y, (0, 0.55, 0.97), c) for c in zip(*stops)], 1)[:, None].astype(np.uint8)
    _heaven(brush, scene, view)
    _hills(canvas[: first + 1], scene, view, light)
    _ground(canvas, first, scene, view, light)


def _column(view: View, azimuth: float) -> float:
    return view.cx + (azimuth - view.heading) * view.focal


def _heaven(brush: Brush, scene: Scene, view: View) -> None:
    """The evening sun, the moon, or a few clouds; they stand still while the camera turns."""
    if scene.weather != "clear":
        return
    unit, x = view.columns / 100, _column(view, scene.sun)

    def disc(x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        brush.fill(np.stack([x + rx * np.cos(angles), y + ry * np.sin(angles)], 1), colour)

    if scene.timeOfDay == "dusk":
        y = view.horizon - 5.5 * unit
        brush.glow(x, y, 16 * unit, 11 * unit, (120, 70, 10), 1.0)
        disc(x, y, 3.4 * unit, 3.4 * unit, (255, 226, 130))
    elif scene.night:
        disc(x, view.horizon - 13 * unit, 1.9 * unit, 1.9 * unit, (225, 225, 205))
    else:
        for i, (lift, wide) in enumerate(((12.5, 7), (9.5, 5), (14, 6), (11, 8))):
            at = _column(view, scene.sun + 0.55 * i - 0.9)
            for dx, dy, share in ((-0.55, 0.1, 0.62), (0.55, 0.12, 0.58), (0, -0.08, 0.8)):
                disc(
                    at + dx * wide * unit,
                    view.horizon - (lift - dy * wide) * unit,
                    share * wide * unit,
                    0.26 * share * wide * unit,
                    (236, 242, 250),
                )


def _hills(canvas: Pictures, scene: Scene, view: View, light: Light) -> None:
    azimuth = (np.arange(view.columns, dtype=np.float32) + 0.5 - view.cx) / view.focal + view.heading
    for layer, (lift, colour, share) in enumerate(LAYERS):
        if layer and scene.town > 0.3:
            profile = _towers(scene, azimuth)
        else:
            profile = sum(h * np.sin(w * (1 + layer) * azimuth + p + layer) for h, w, p in scene.skyline)
            profile = 0.55 + 0.26 * profile
        crest = view.horizon - view.rows * lift * np.maximum(profile, 0.08)
        first = max(0, int(crest.min()) - 1)
        part = canvas[first:]
        if not len(part):
            continue
        y = np.arange(first, first + len(part), dtype=np.float32)[:, None]
        cover = np.clip(y + 1 - crest[None], 0, 1)[..., None]
        lit = light.shade(colour, 4.0)
        share = 0.93 if scene.weather == "fog" else share + (0.25 if scene.weather == "rain" else 0)
        tone = np.array([a * (1 - share) + f * share for a, f in zip(lit, light.far)], np.float32)
        part[:] = (part + cover * (tone - part)).astype(np.uint8)


def _towers(scene: Scene, azimuth: Floats) -> Doubles:
    """A town far away: steps with slightly sloping sides, so that they move without a flicker."""
    heights = np.random.default_rng(scene.seed + 3).uniform(0.15, 1.25, 72)
    at = (azimuth + 2.4) * 15
    knots = np.arange(72).repeat(2) + np.tile([0.03, 0.97], 72)
    return np.interp(at, knots, heights.repeat(2))


def _share(way0: Doubles, way1: Doubles, period: float, part: float) -> Doubles:
    """Share of way0..way1 that lies in the first `part` metres of each period: stripes filtered over a row."""

    def integral(way: Doubles) -> Doubles:
        whole = np.floor(way / period)
        return whole * part + np.minimum(way - whole * period, part)

    return (integral(way1) - integral(way0)) / np.maximum(way1 - way0, 1e-3)


def _ground(canvas: Pictures, first: int, scene: Scene, view: View, light: Light) -> None:
    edges = view.depth(np.arange(first, view.rows + 1, dtype=np.float64))
    z0, z1 = edges[1:], edges[:-1]
    z = view.depth(np.arange(first, view.rows) + 0.5)
    near, far = view.way + z0, view.way + z1
    band = 0.86 + 0.14 * _share(near, far, 2 * BAND, BAND)
    tint = 1 + np.asarray(scene.tint)
    field = light.rows(np.asarray(FIELD) * tint * band[:, None], z)
    wet = scene.weather == "rain"
    road = light.rows(np.asarray([ASPHALT]) * (0.78 if wet else 1.0), z)
    if wet:  # a wet road shows the sky where it is seen flat
        mirror = (0.32 * (1 - np.exp(-z / 18)))[:, None]
        road += mirror * (np.asarray(light.sky[1]) * 0.5 + np.asarray(light.far) * 0.5 - road)
    mark = light.rows(np.asarray([MARK]) * (1.5 if scene.lights else 1.0), z)
    per_metre = (view.focal / z).astype(np.float32)[:, None]
    x = np.arange(view.columns, dtype=np.float32)[None] + 0.5
    offset = x - (view.cx + view.centre(z) * view.focal / z).astype(np.float32)[:, None]

    def strip(at: float, half: float) -> Floats:
        width = half * per_metre
        return np.clip(width + 0.5 - np.abs(offset - at * per_metre), 0, np.minimum(1, 2 * width))

    dashes = _share(near, far, DASH_PERIOD, DASH).astype(np.float32)[:, None]
    line = (strip(-LANE / 2, 0.16) + strip(LANE / 2, 0.16)) * dashes
    line += strip(-(ROAD_HALF - 0.4), 0.14) + strip(ROAD_HALF - 0.4, 0.14)
    line = np.minimum(line, 1)
    over = strip(0, ROAD_HALF)
    ground = np.empty((len(z), canvas.shape[1], 3), np.float32)
    for c in range(3):
        f, r, m = field[:, c, None], road[:, c, None], mark[:, c, None]
        ground[..., c] = f + over * (r - f) + line * (m - r)
    share = min(max(first + 1 - view.top, 0.0), 1.0)  # the row in which the ground begins
    if first > 0:
        ground[0] = canvas[first] + share * (ground[0] - canvas[first])
    cv2.convertScaleAbs(ground.reshape(len(z), -1), canvas[first:].reshape(len(z), -1))
