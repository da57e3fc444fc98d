"""Draws what stands beside the road: trees, posts, signs, houses."""

import math
from collections.abc import Callable
from typing import TypeAlias

from .brush import Brush
from .colours import Colour, Point
from .light import Light
from .roadside import Thing, wall
from .scene import Scene
from .view import View

At: TypeAlias = Callable[[float, float], Point]
Quad: TypeAlias = Callable[[float, float, float, float, Colour], None]

TURN = [(math.cos(2 * math.pi * i / 14), math.sin(2 * math.pi * i / 14)) for i in range(14)]
BLUE, YELLOW = (30, 84, 190), (240, 190, 30)
WINDOW, LIT = (70, 88, 110), (255, 206, 112)


def paint(brush: Brush, scene: Scene, view: View, light: Light, thing: Thing, z: float) -> None:
    near = max(z, 1.5)
    px, py, scale = view.place(near)
    px += thing.x * scale

    def at(dx: float, up: float) -> Point:
        return px + dx * scale, py - up * scale

    def quad(x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
        brush.fill((at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1)), colour)

    if thing.kind == "house":
        _house(brush, scene, view, light, thing, z, near)
    elif z > 1.5:
        PAINTERS[thing.kind](brush, light, thing, z, at, quad)


def _round(brush: Brush, light: Light, thing: Thing, z: float, at: At, quad: Quad) -> None:
    size = thing.size
    quad(-0.22, 0, 0.22, size * 0.5, light.shade((92, 64, 44), z))
    green = (30 + 40 * thing.chance, 104, 40)
    brush.fill([at(size * 0.31 * c, size * (0.66 + 0.36 * s)) for c, s in TURN], light.shade(green, z))
    brush.fill([at(size * (0.19 * c - 0.05), size * (0.74 + 0.23 * s)) for c, s in TURN], light.shade(green, z, 1.25))


def _fir(brush: Brush, light: Light, thing: Thing, z: float, at: At, quad: Quad) -> None:
    size = thing.size
    quad(-0.2, 0, 0.2, size * 0.3, light.shade((84, 58, 44), z))
    for low, wide, tone in ((0.16, 0.25, 0.9), (0.46, 0.19, 1.15)):
        brush.fill(
            (at(-size * wide, size * low), at(size * wide, size * low), at(0, size * (low + 0.58))), light.shade((26, 88, 58), z, tone)
        )


def _post(brush: Brush, light: Light, thing: Thing, z: float, at: At, quad: Quad) -> None:
    quad(-0.11, 0, 0.11, 1.1, light.shade((232, 232, 228), z))
    quad(-0.11, 0.66, 0.11, 0.94, light.shade((224, 60, 36), z, 1.2))


def _sign(brush: Brush, light: Light, thing: Thing, z: float, at: At, quad: Quad) -> None:
    quad(-0.08, 0, 0.08, 2.0, light.shade((150, 152, 156), z))
    if thing.chance < 0.5:
        quad(-0.8, 1.8, 0.8, 3.0, light.shade((240, 240, 240), z))
        quad(-0.7, 1.9, 0.7, 2.9, light.shade(BLUE, z, 1.2))
    else:
        brush.fill((at(-0.8, 2.5), at(0, 1.7), at(0.8, 2.5), at(0, 3.3)), light.shade(YELLOW, z, 1.1))


def _house(brush: Brush, scene: Scene, view: View, light: Light, thing: Thing, z: float, near: float) -> None:
    """A gabled box: the front towards the camera, the long side towards the road."""
    wide, tall, long = 6.0 * thing.size, 3.4 * thing.size, 8.5
    away = 1 if thing.x > 0 else -1
    end = max(z + long, near + 0.1)
    colour = wall(thing)
    windows = light.lamp(LIT, near) if scene.lights else light.shade(WINDOW, near)

    def at(dx: float, up: float, depth: float) -> Point:
        px, py, scale = view.place(depth)
        return px + (thing.x + away * dx) * scale, py - up * scale

    roof = 1.5 * tall
    brush.fill((at(0, 0, near), at(0, 0, end), at(0, tall, end), at(0, tall, near)), light.shade(colour, near + 3, 0.74))
    brush.fill(
        (at(-0.3, tall, near), at(-0.3, tall, end), at(wide / 2, roof, end), at(wide / 2, roof, near)), light.shade((128, 58, 48), near + 3)
    )
    for i in range(2):
        a, b = max(z + 1.4 + 3.6 * i, near), z + 3.4 + 3.6 * i
        if b > a + 0.3:
            brush.fill((at(0, 0.35 * tall, a), at(0, 0.35 * tall, b), at(0, 0.75 * tall, b), at(0, 0.75 * tall, a)), windows)
    if z < 1.5:
        return
    brush.fill((at(0, 0, z), at(wide, 0, z), at(wide, tall, z), at(wide / 2, roof, z), at(0, tall, z)), light.shade(colour, z))
    for i in range(2):
        x = wide * (0.16 + 0.42 * i)
        brush.fill(
            (at(x, 0.35 * tall, z), at(x + 0.26 * wide, 0.35 * tall, z), at(x + 0.26 * wide, 0.78 * tall, z), at(x, 0.78 * tall, z)),
            windows,
        )


PAINTERS = {"round": _round, "fir": _fir, "post": _post, "sign": _sign}
