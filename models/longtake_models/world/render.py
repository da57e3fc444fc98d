"""Pictures of a scene, anti-aliased: drawn larger with sub-pixel polygons, then area-averaged."""
import cv2
import numpy as np

from .boxes import CAMERA_HEIGHT, FOCAL, HORIZON, presence, project
from .scene import DASH_PERIOD, LANE, PAINT, ROAD_HALF, ROADSIDE_SPAN

SUBPIXEL = 4               # bits of polygon precision
cv2.setNumThreads(1)


def render(scene, t, height, width, oversample=None):
    """uint8 (height, width, 3) RGB of the scene at time t seconds."""
    over = oversample or max(2, 256 // height)
    canvas = _backdrop(scene, t, height * over, width * over)
    things = [(z, "roadside", item) for item in scene.roadside
              if 3.5 < (z := (item.z0 - scene.speed * t) % ROADSIDE_SPAN) < 80]
    things += [(z, "car", item) for item in scene.cars if (z := item.depth(t)) > 2.5]
    for z, kind, item in sorted(things, key=lambda thing: -thing[0]):
        (_car if kind == "car" else _roadside)(canvas, scene, item, z, t)
    if scene.weather == "rain":
        _rain(canvas, scene, t)
    return cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA)


def clip(scene, start, frames, fps, height, width):
    """uint8 (frames, height, width, 3)."""
    return np.stack([render(scene, start + i / fps, height, width) for i in range(frames)])


def haze(scene):
    """Colour that distance fades to, and the metres over which it does."""
    day = {"clear": (165, 195, 225), "rain": (150, 157, 165), "fog": (196, 200, 204)}[scene.weather]
    night = {"clear": (14, 17, 34), "rain": (20, 22, 30), "fog": (42, 44, 50)}[scene.weather]
    reach = {"clear": 180.0, "rain": 75.0, "fog": 20.0}[scene.weather]
    return np.array(night if scene.night else day, np.float32), reach


def light(scene, z):
    """Brightness of a matt surface at depth z: daylight, or the camera's own headlights."""
    if not scene.night:
        return {"clear": 1.0, "rain": 0.72, "fog": 0.85}[scene.weather]
    return 0.14 + 0.5 * np.exp(-np.asarray(z, np.float32) / 13.0)


def shade(scene, colour, z):
    """Colour (…, 3) of a surface at depth z (…) as the camera sees it."""
    far, reach = haze(scene)
    z = np.asarray(z, np.float32)
    seen = np.exp(-np.maximum(z - 4, 0) / reach)[..., None]
    lit = np.asarray(light(scene, z), np.float32)
    return np.clip(np.asarray(colour, np.float32) * (lit[..., None] if lit.ndim else lit) * seen + far * (1 - seen), 0, 255)


def _backdrop(scene, t, rows, columns):
    far, _ = haze(scene)
    horizon = HORIZON * rows
    y = np.arange(rows, dtype=np.float32) + 0.5
    top = np.array({"clear": (70, 135, 225), "rain": (112, 120, 132), "fog": (178, 184, 190)}[scene.weather], np.float32)
    top = (np.array((5, 7, 24), np.float32) if scene.weather == "clear" else far * 0.6) if scene.night else top
    top = np.clip(top * (1 + scene.tint), 0, 255)
    sky = top + (far - top) * np.clip(y / horizon, 0, 1)[:, None] ** 1.5
    canvas = np.repeat(sky[:, None], columns, 1)
    _hills(canvas, scene, t, horizon)
    first = int(horizon)
    z = CAMERA_HEIGHT * FOCAL * columns / np.maximum(y[first:] - horizon, 0.25)
    way = z + scene.speed * t
    field = np.array((74, 128, 52), np.float32) * (1 + scene.tint)
    band = np.where((way / 7.5) % 1 < 0.5, 1.0, 0.86) ** np.exp(-z / 60)
    canvas[first:] = shade(scene, field * band[:, None], z)[:, None]
    x = (np.arange(columns, dtype=np.float32) + 0.5)[None]
    middle = columns / 2 + scene.centre(z, t) * FOCAL * columns / z
    dashes = ((way % DASH_PERIOD) < 3.6).astype(np.float32)
    wet = 0.8 if scene.weather == "rain" else 1.0
    strips = [(0.0, ROAD_HALF, np.array((92, 93, 98), np.float32) * wet, 1.0)]
    strips += [(lane, 0.13, np.array((245, 245, 238), np.float32), dashes) for lane in (-LANE / 2, LANE / 2)]
    strips += [(side * (ROAD_HALF - 0.35), 0.11, np.array((235, 225, 170), np.float32), 1.0) for side in (-1, 1)]
    for offset, half, colour, on in strips:
        per_metre = FOCAL * columns / z
        distance = np.abs(x - (middle + offset * per_metre)[:, None])
        cover = np.clip((half * per_metre)[:, None] - distance + 0.5, 0, 1) * np.broadcast_to(on, z.shape)[:, None]
        glow = 1.35 if half < 1 and scene.night else 1.0
        canvas[first:] += cover[..., None] * (shade(scene, colour * glow, z)[:, None] - canvas[first:])
    return np.clip(canvas, 0, 255).astype(np.uint8)


def _hills(canvas, scene, t, horizon):
    rows, columns = canvas.shape[:2]
    at = (np.arange(columns) / columns * 90 + scene.heading(t) * 60) % 256
    for layer, (lift, colour, far) in enumerate(((0.11, (96, 125, 120), 140.0), (0.055, (70, 108, 70), 90.0))):
        profile = np.interp((at * (1 + layer) + 90 * layer) % 256, np.arange(256), scene.hills, period=256)
        crest = horizon - rows * lift * (0.55 + 0.45 * profile)
        y = np.arange(int(horizon) + 1, dtype=np.float32)[:, None] + 0.5
        cover = np.clip(y - crest[None] + 0.5, 0, 1)[..., None]
        part = canvas[:int(horizon) + 1]
        part += cover * (shade(scene, np.array(colour), np.float32(far if scene.weather != "fog" else 45)) - part)


def _fill(canvas, points, colour, alpha=1.0):
    points = np.round(np.asarray(points, np.float32) * (1 << SUBPIXEL)).astype(np.int32).reshape(1, -1, 2)
    colour = tuple(float(c) for c in colour)
    if alpha >= 0.999:
        cv2.fillPoly(canvas, points, colour, cv2.LINE_AA, SUBPIXEL)
        return
    layer = canvas.copy()
    cv2.fillPoly(layer, points, colour, cv2.LINE_AA, SUBPIXEL)
    cv2.addWeighted(layer, alpha, canvas, 1 - alpha, 0, canvas)


def _roadside(canvas, scene, item, z, t):
    def at(dx, up):
        return project(scene, item.x + dx, up, z, t, canvas.shape[:2])
    if item.kind == "post":
        _fill(canvas, [at(-.1, 0), at(.1, 0), at(.1, 1.1), at(-.1, 1.1)], shade(scene, np.array((225, 225, 225)), z))
        _fill(canvas, [at(-.1, .7), at(.1, .7), at(.1, .95), at(-.1, .95)], shade(scene, np.array((215, 60, 40)), z))
        return
    trunk, crown = shade(scene, np.array((84, 62, 44)), z), shade(scene, np.array((34, 88, 38)), z)
    _fill(canvas, [at(-.2, 0), at(.2, 0), at(.2, item.size * .5), at(-.2, item.size * .5)], trunk)
    angle = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    _fill(canvas, [at(item.size * .3 * np.cos(a), item.size * (.66 + .36 * np.sin(a))) for a in angle], crown)


def _car(canvas, scene, car, z, t):
    """Near face with window, lights and wheels, in front of the hull that joins it to the far face."""
    def at(u, v, depth=z):  # u in -1..1 across, v in 0..1 up
        return project(scene, car.x + u * car.width / 2, v * car.height, depth, t, canvas.shape[:2])
    alpha, paint = presence(car, z), PAINT[car.paint]
    gain = 1.25 if scene.night else 1.0
    body, side = shade(scene, paint * gain, z), shade(scene, paint * gain * 0.62, z)
    dark = shade(scene, np.array((24, 26, 30)), z)
    back = z + 3.8
    _fill(canvas, [at(-1.05, -.04), at(1.05, -.04), at(1.0, .05, back), at(-1.0, .05, back)], dark, 0.55 * alpha)
    hull = np.array([at(u, v, d) for d in (z, back) for u, v in ((-1, .1), (1, .1), (1, .58), (-1, .58))], np.float32)
    _fill(canvas, cv2.convexHull(hull), side, alpha)
    roof = np.array([at(u, v, d) for d in (z + .8, back - .7) for u, v in ((-.86, .55), (.86, .55), (.72, 1.), (-.72, 1.))], np.float32)
    _fill(canvas, cv2.convexHull(roof), side, alpha)
    _fill(canvas, [at(-.86, .55), at(.86, .55), at(.7, 1.), at(-.7, 1.)], body, alpha)
    _fill(canvas, [at(-.72, .6), at(.72, .6), at(.6, .93), at(-.6, .93)], shade(scene, np.array((52, 62, 74)), z), alpha)
    for u in (-.8, .5):
        _fill(canvas, [at(u, -.02), at(u + .3, -.02), at(u + .3, .2), at(u, .2)], dark, alpha)
    _fill(canvas, [at(-1, .12), at(1, .12), at(1, .58), at(-1, .58)], body, alpha)
    bright = (255, 246, 214) if car.oncoming else (255, 40, 26)
    if not car.oncoming and not scene.night:
        bright = (190, 22, 18)
    if car.oncoming and not scene.night:
        bright = (238, 238, 226)
    far, reach = haze(scene)
    seen = np.exp(-max(z - 4, 0) / (reach * 2))
    colour = np.array(bright, np.float32) * seen + far * (1 - seen)
    for u in (-.94, .58):
        _fill(canvas, [at(u, .34), at(u + .36, .34), at(u + .36, .52), at(u, .52)], colour, alpha)
    if scene.night:
        for u in (-.76, .76):
            _glow(canvas, at(u, .43), (.55 if car.oncoming else .42) * FOCAL * canvas.shape[1] / z, colour, 0.75 * alpha)


def _glow(canvas, centre, radius, colour, strength):
    x0, x1 = (int(np.clip(centre[0] + s * 2.2 * radius, 0, canvas.shape[1])) for s in (-1, 1))
    y0, y1 = (int(np.clip(centre[1] + s * 2.2 * radius, 0, canvas.shape[0])) for s in (-1, 1))
    if x1 <= x0 or y1 <= y0:
        return
    dx, dy = np.arange(x0, x1) + .5 - centre[0], np.arange(y0, y1) + .5 - centre[1]
    spot = np.exp(-(dx[None] ** 2 + dy[:, None] ** 2) / (radius * radius))[..., None] * strength
    part = canvas[y0:y1, x0:x1]
    part[:] = np.clip(part + spot * np.asarray(colour, np.float32) * (1 - part / 300.0), 0, 255).astype(np.uint8)


def _rain(canvas, scene, t):
    """Few, faint streaks: drops of fixed columns fall through the picture again and again."""
    rng = np.random.default_rng(scene.seed + 77)
    rows, columns = canvas.shape[:2]
    layer = canvas.copy()
    tone = (120, 124, 132) if scene.night else (205, 209, 214)
    for x, y, pace in rng.random((26, 3)):
        down = ((y + t * (2.2 + pace)) % 1.15) * rows
        start = (int(x * columns * 16), int(down * 16))
        end = (int((x * columns + rows * .012) * 16), int((down - rows * .11) * 16))
        cv2.line(layer, start, end, tone, max(1, rows // 170), cv2.LINE_AA, SUBPIXEL)
    cv2.addWeighted(layer, 0.4, canvas, 0.6, 0, canvas)
