"""Draws a car: near face with window, lights and wheels, in front of the hull that joins it to the far face."""

from collections.abc import Callable

from .brush import Brush
from .colours import Colour, Point
from .light import Light
from .scene import Scene
from .traffic import Car
from .view import View

NEAREST = 1.3  # metres; nearer parts are outside the picture anyway

HEAD, TAIL = (255, 246, 214), (255, 40, 26)
HEAD_OFF, TAIL_OFF = (238, 238, 226), (190, 22, 18)
DARK, GLASS = (24, 26, 30), (52, 62, 74)


def paint(brush: Brush, scene: Scene, view: View, light: Light, car: Car) -> None:
    z = max(car.z, NEAREST)
    back = max(car.z + car.length, NEAREST + 0.1)
    half, tall = car.width / 2, car.height
    faces = {}
    for depth in (z, z + 0.8, back - 0.7, back):
        px, py, scale = view.place(depth)
        faces[depth] = px + car.x * scale, py, half * scale, tall * scale

    def at(u: float, v: float, depth: float = z) -> Point:  # u in -1..1 across, v in 0..1 up
        px, py, wide, high = faces[depth]
        return px + u * wide, py - v * high

    def quad(u0: float, v0: float, u1: float, v1: float, colour: Colour) -> None:
        brush.fill((at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)), colour)

    gain = 1.25 if scene.lights else 1.0
    shade = light.shade
    body, side, dark = shade(car.paint, z, gain), shade(car.paint, z, 0.62 * gain), shade(DARK, z)
    van = tall > 2
    waist, slope = (0.62, 0.9) if van else (0.58, 0.72)
    brush.fill((at(-1.1, -0.05), at(1.1, -0.05), at(1.05, 0.03, back), at(-1.05, 0.03, back)), shade((40, 41, 45), z))
    brush.hull([at(u, v, d) for d in (z, back) for u, v in ((-1, 0.1), (1, 0.1), (1, waist), (-1, waist))], side)
    if back - 0.7 > z + 0.8:
        brush.hull([at(u, v, d) for d in (z + 0.8, back - 0.7) for u, v in ((-0.9, 0.55), (0.9, 0.55), (slope, 1.0), (-slope, 1.0))], side)
    if z < 30:
        _flank(brush, view, light, car, dark)
    if car.z < NEAREST:
        return
    brush.fill((at(-0.9, 0.55), at(0.9, 0.55), at(slope, 1.0), at(-slope, 1.0)), body)
    brush.fill((at(-0.75, 0.62), at(0.75, 0.62), at(slope - 0.12, 0.92), at(0.12 - slope, 0.92)), shade(GLASS, z))
    for u in (-0.82, 0.5):
        quad(u, -0.02, u + 0.32, 0.2, dark)
    quad(-1, 0.12, 1, 0.58, body)
    if car.oncoming:
        quad(-0.5, 0.2, 0.5, 0.34, dark)
    lamp = (HEAD if car.oncoming else TAIL) if scene.lights else (HEAD_OFF if car.oncoming else TAIL_OFF)
    colour = light.lamp(lamp, z)
    for u in (-0.94, 0.58):
        quad(u, 0.34, u + 0.36, 0.52, colour)
    if scene.lights:
        _shine(brush, scene, at, faces[z][2], colour, car)


def _flank(brush: Brush, view: View, light: Light, car: Car, dark: Colour) -> None:
    """Windows and wheels of the long side that is turned to us, if one is."""
    px, _, scale = view.place(max(car.z, NEAREST))
    across = px + car.x * scale - view.cx
    if abs(across) < car.width / 2 * scale:
        return
    edge = car.x + (-1 if across > 0 else 1) * car.width / 2
    lean = 0.12 if across > 0 else -0.12

    def at(share: float, v: float) -> Point:
        depth = max(car.z + share * car.length, NEAREST)
        px, py, scale = view.place(depth)
        return px + (edge + (lean * (v - 0.5) if v > 0.55 else 0)) * scale, py - v * car.height * scale

    def quad(a: float, v0: float, b: float, v1: float, colour: Colour) -> None:
        if car.z + b * car.length > NEAREST:
            brush.fill((at(a, v0), at(b, v0), at(b, v1), at(a, v1)), colour)

    quad(0.08, -0.02, 0.26, 0.24, dark)
    quad(0.72, -0.02, 0.9, 0.24, dark)
    glass = light.shade(GLASS, max(car.z, NEAREST), 0.8)
    quad(0.28, 0.64, 0.48, 0.9, glass)
    quad(0.53, 0.64, 0.72, 0.9, glass)


def _shine(brush: Brush, scene: Scene, at: Callable[[float, float], Point], wide: float, colour: Colour, car: Car) -> None:
    """Glow of both lamps, and below them their streak on a wet road."""
    strength = (0.75 if scene.night else 0.5) * car.presence
    radius = (0.52 if car.oncoming else 0.4) * wide
    for u in (-0.76, 0.76):
        x, y = at(u, 0.43)
        brush.glow(x, y, radius, radius, colour, strength)
        mirrored = min(1.0, max(0.0, (24 - car.z) / 10))
        if scene.weather == "rain" and mirrored > 0:
            x, y = at(u, -0.45)
            brush.glow(x, y, 0.55 * radius, 1.5 * radius, colour, 0.5 * strength * mirrored)
