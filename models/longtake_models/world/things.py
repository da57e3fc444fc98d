"""Draws what stands beside the road: trees, posts, signs, houses."""
import math

from .roadside import wall

TURN = [(math.cos(2 * math.pi * i / 14), math.sin(2 * math.pi * i / 14)) for i in range(14)]
BLUE, YELLOW = (30, 84, 190), (240, 190, 30)
WINDOW, LIT = (70, 88, 110), (255, 206, 112)


def paint(brush, scene, view, light, thing, z):
    near = max(z, 1.5)
    px, py, scale = view.place(near)
    px += thing.x * scale

    def at(dx, up):
        return px + dx * scale, py - up * scale

    def quad(x0, y0, x1, y1, colour):
        brush.fill((at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1)), colour)
    if thing.kind == "house":
        _house(brush, scene, view, light, thing, z, near)
    elif z > 1.5:
        PAINTERS[thing.kind](brush, light, thing, z, at, quad)


def _round(brush, light, thing, z, at, quad):
    size = thing.size
    quad(-.22, 0, .22, size * .5, light.shade((92, 64, 44), z))
    green = (30 + 40 * thing.chance, 104, 40)
    brush.fill([at(size * .31 * c, size * (.66 + .36 * s)) for c, s in TURN], light.shade(green, z))
    brush.fill([at(size * (.19 * c - .05), size * (.74 + .23 * s)) for c, s in TURN], light.shade(green, z, 1.25))


def _fir(brush, light, thing, z, at, quad):
    size = thing.size
    quad(-.2, 0, .2, size * .3, light.shade((84, 58, 44), z))
    for low, wide, tone in ((.16, .25, .9), (.46, .19, 1.15)):
        brush.fill((at(-size * wide, size * low), at(size * wide, size * low), at(0, size * (low + .58))),
                   light.shade((26, 88, 58), z, tone))


def _post(brush, light, thing, z, at, quad):
    quad(-.11, 0, .11, 1.1, light.shade((232, 232, 228), z))
    quad(-.11, .66, .11, .94, light.shade((224, 60, 36), z, 1.2))


def _sign(brush, light, thing, z, at, quad):
    quad(-.08, 0, .08, 2.0, light.shade((150, 152, 156), z))
    if thing.chance < 0.5:
        quad(-.8, 1.8, .8, 3.0, light.shade((240, 240, 240), z))
        quad(-.7, 1.9, .7, 2.9, light.shade(BLUE, z, 1.2))
    else:
        brush.fill((at(-.8, 2.5), at(0, 1.7), at(.8, 2.5), at(0, 3.3)), light.shade(YELLOW, z, 1.1))


def _house(brush, scene, view, light, thing, z, near):
    """A gabled box: the front towards the camera, the long side towards the road."""
    wide, tall, long = 6.0 * thing.size, 3.4 * thing.size, 8.5
    away = 1 if thing.x > 0 else -1
    end = max(z + long, near + 0.1)
    colour = wall(thing)
    windows = light.lamp(LIT, near) if scene.lights else light.shade(WINDOW, near)

    def at(dx, up, depth):
        px, py, scale = view.place(depth)
        return px + (thing.x + away * dx) * scale, py - up * scale
    roof = 1.5 * tall
    brush.fill((at(0, 0, near), at(0, 0, end), at(0, tall, end), at(0, tall, near)), light.shade(colour, near + 3, 0.74))
    brush.fill((at(-.3, tall, near), at(-.3, tall, end), at(wide / 2, roof, end), at(wide / 2, roof, near)),
               light.shade((128, 58, 48), near + 3))
    for i in range(2):
        a, b = max(z + 1.4 + 3.6 * i, near), z + 3.4 + 3.6 * i
        if b > a + 0.3:
            brush.fill((at(0, .35 * tall, a), at(0, .35 * tall, b), at(0, .75 * tall, b), at(0, .75 * tall, a)), windows)
    if z < 1.5:
        return
    brush.fill((at(0, 0, z), at(wide, 0, z), at(wide, tall, z), at(wide / 2, roof, z), at(0, tall, z)), light.shade(colour, z))
    for i in range(2):
        x = wide * (.16 + .42 * i)
        brush.fill((at(x, .35 * tall, z), at(x + .26 * wide, .35 * tall, z), at(x + .26 * wide, .78 * tall, z),
                    at(x, .78 * tall, z)), windows)


PAINTERS = {"round": _round, "fir": _fir, "post": _post, "sign": _sign}
