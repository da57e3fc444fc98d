"""The drawing board: OpenGL's programs and canvases of one size, and the passes that make a picture."""

from typing import Any

import moderngl
import numpy as np

from ..arrays import Array, Doubles, Floats
from ..world.view import FOCAL, HORIZON
from . import noise, shade, software_gl
from .camera import ASPECT
from .moment import SHADED, Item, Moment, surroundings
from .pose import mirrored
from .programs import compiled, tell
from .stock import Stock

FINER = 2  # things are drawn so many times larger, and averaged; ground and sky are smooth by themselves
SMALLER = 2  # the mirror is so many times smaller than the picture
NOISE, SHADOWS, MIRROR = 1, 2, 3  # texture units
SOLID = 0.995  # presence from which on a thing hides what is behind it
FLAT = "ground", "wet", "sky"  # programs of what is drawn at the size of the picture
CLOSED = "body", "house"  # meshes that are seen from outside only, their corners in one sense
GROUND = ("3f 3f 2f", "place", "normal", "road")


class Board:
    def __init__(self, height: int, width: int) -> None:
        if width != ASPECT * height:
            raise ValueError(f"Board: {width} x {height}, expected {ASPECT:g} times as wide as high")
        self.height, self.width = height, width
        self._gl = gl = software_gl.context()
        self.programs = compiled(gl)
        self.stock = Stock(gl, self.programs)
        self._things = self._canvas(FINER * width, FINER * height)
        self._ground = self._canvas(width, height)
        self._mirror_texture = gl.texture((width // SMALLER, height // SMALLER), 4)
        self._mirror = gl.framebuffer([self._mirror_texture], gl.depth_renderbuffer(self._mirror_texture.size))
        self._motion = gl.framebuffer([gl.renderbuffer((width, height), 4, dtype="f4")], gl.depth_renderbuffer((width, height)))
        self._noise = gl.texture((noise.SIZE, noise.SIZE), 1, noise.fractal().tobytes())
        self._noise.build_mipmaps()
        self._noise.filter = moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR
        self._map = gl.depth_texture((shade.SIZE, shade.SIZE))
        self._map.compare_func = "<="
        self._shadows = gl.framebuffer(depth_attachment=self._map)
        self._strip = gl.buffer(reserve=4 * 1024 * 1024, dynamic=True)
        self._strips = {
            name: gl.vertex_array(self.programs[name], [(self._strip, *GROUND)], skip_errors=True)
            for name in ("ground", "wet", "depth", "motion")
        }
        corners = gl.buffer(np.array([-1, -1, 1, -1, -1, 1, 1, 1], np.float32).tobytes())
        self._sky = gl.vertex_array(self.programs["sky"], [(corners, "2f", "corner")])
        self._rows = 0

    def _canvas(self, width: int, height: int) -> moderngl.Framebuffer:
        return self._gl.framebuffer([self._gl.renderbuffer((width, height))], self._gl.depth_renderbuffer((width, height)))

    def draw(self, now: Moment) -> tuple[Array, Array]:
        """Things on nothing (FINER times as large, colours times alpha) and the ground and sky behind them: uint8 RGBA, top row first."""
        with self._gl:  # another board may have drawn before
            return self._draw(now)

    def _draw(self, now: Moment) -> tuple[Array, Array]:
        project, sun = now.camera.matrix(now.origin), shade.sunview(now.scene.sky.sun, now.camera, now.origin)
        self._prepare(now)
        around = {
            **surroundings(now),
            "project": project,
            "sunview": sun,
            "noise": NOISE,
            "shadows": SHADOWS,
            "mirror": MIRROR,
            "linear": False,
        }
        for name in (*FLAT, "rear", "front", "whole", "wheels", "leaf", "house", "pole"):
            tell(self.programs[name], {**around, "focal": FOCAL * self.width * (1 if name in FLAT else FINER)})
        self._shade(now, sun)
        self._stand(now, project)
        if now.scene.sky.wet:
            self._reflect(now)
        self._lay(now)
        return _read(self._things, "u1"), _read(self._ground, "u1")

    def _prepare(self, now: Moment) -> None:
        self._gl.enable_only(moderngl.DEPTH_TEST)
        over = moderngl.SRC_ALPHA, moderngl.ONE_MINUS_SRC_ALPHA, moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        self._gl.blend_func = over  # type: ignore[assignment] # its stubs know two of the four
        self._gl.front_face = "cw"  # z points ahead
        self._noise.use(NOISE)
        self._map.use(SHADOWS)
        self._mirror_texture.use(MIRROR)
        self._strip.write(now.strip.tobytes())
        self._rows = len(now.strip)

    def _shade(self, now: Moment, sun: Doubles) -> None:
        self._shadows.use()
        self._shadows.clear(depth=1.0)
        if shade.casts(now.scene.sky.sunlight):
            for item in now.items:
                if item.away < SHADED and item.program != "pole":
                    tell(self.programs["depth"], {"project": sun, "model": item.matrix})
                    self.stock.array("depth", item.mesh).render()

    def _stand(self, now: Moment, project: Doubles) -> None:
        self._things.use()
        self._things.clear(0, 0, 0, 0, depth=1.0)
        tell(self.programs["depth"], {"project": project, "model": np.eye(4)})
        self._strips["depth"].render(vertices=self._rows)  # hills hide what is behind them
        self._all(now.items)

    def _all(self, items: list[Item]) -> None:
        """Solid ones from the nearest on, for what is hidden need not be shaded; then those that come in, over what is behind them."""
        solid = [item for item in items if item.presence >= SOLID]
        for item in reversed(solid):
            self._one(item, item.matrix)
        self._gl.enable(moderngl.BLEND)
        for item in items:
            if item.presence < SOLID:
                self._one(item, item.matrix)
        self._gl.disable(moderngl.BLEND)

    def _one(self, item: Item, matrix: Doubles) -> None:
        tell(self.programs[item.program], {**item.values, "model": matrix})
        if item.mesh[0] in CLOSED:  # half of it looks away, and would be shaded for nothing
            self._gl.enable(moderngl.CULL_FACE)
        self.stock.array(item.program, item.mesh).render()
        self._gl.disable(moderngl.CULL_FACE)

    def _reflect(self, now: Moment) -> None:
        """Each thing upside down below its own foot: exact on a level road, and near enough on hills."""
        self._mirror.use()
        self._mirror.clear(0, 0, 0, 0, depth=1.0)
        used = {item.program for item in now.items}
        for name in used:
            tell(self.programs[name], {"linear": True})
        self._gl.front_face = "ccw"  # in a mirror, left is right
        for item in reversed(now.items):
            self._one(item, mirrored(item.matrix))
        self._gl.front_face = "cw"

    def _lay(self, now: Moment) -> None:
        self._ground.use()
        self._ground.clear(depth=1.0)
        name = "wet" if now.scene.sky.wet else "ground"
        tell(self.programs[name], {"size": (float(self.width), float(self.height))})
        self._strips[name].render(vertices=self._rows)
        above = now.camera.frame[:3, 1]
        tell(self.programs["sky"], {"above": above, "rays": (0.5 / FOCAL, 0.5 / (FOCAL * ASPECT), 1 - 2 * HORIZON)})
        self._sky.render(moderngl.TRIANGLE_STRIP)

    def move(self, now: Moment, later: Moment) -> Floats:
        """float32 (height, width, 4): dx and dy in pictures to where what is seen now is then, its depth then, and now (0: sky).

        Things that are gone then have a depth of 0 then. `later` must count places from the same origin.
        """
        with self._gl:
            return self._move(now, later)

    def _move(self, now: Moment, later: Moment) -> Floats:
        self._prepare(now)
        then = {item.key: item.matrix for item in later.items}
        self._motion.use()
        self._motion.clear(0, 0, 0, 0, depth=1.0)
        program = self.programs["motion"]
        common: dict[str, Any] = {
            "project": now.camera.matrix(now.origin),
            "later": later.camera.matrix(now.origin),
            "foot": now.camera.eye - now.origin,
        }
        tell(program, {**common, "model": np.eye(4), "moved": np.eye(4), "leaves": False})
        self._strips["motion"].render(vertices=self._rows)
        for item in now.items:
            tell(program, {"model": item.matrix, "moved": then.get(item.key, np.zeros((4, 4))), "leaves": item.program == "leaf"})
            self.stock.array("motion", item.mesh).render()
        return np.asarray(_read(self._motion, "f4"), np.float32)


def _read(canvas: moderngl.Framebuffer, kind: str) -> Array:
    width, height = canvas.size
    found = np.frombuffer(canvas.read(components=4, dtype="f1" if kind == "u1" else kind), kind)
    return np.ascontiguousarray(found.reshape(height, width, 4)[::-1])
