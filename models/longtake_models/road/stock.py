"""The meshes that a drive is put together from, kept where they are drawn from."""

from typing import TypeAlias

import moderngl

from . import coachwork, masonry, plants
from .solids import Mesh

Key: TypeAlias = tuple[str, str | int, float]  # kind, which, and how fine

LAYOUT = {6: ("3f 3f", "place", "normal"), 7: ("3f 3f 1f", "place", "normal", "made"), 9: ("3f 3f 3f", "place", "normal", "leaf")}


def mesh(key: Key) -> Mesh:
    kind, which, fine = key
    match kind:
        case "body":
            return coachwork.painted(str(which), fine)
        case "wheels":
            return coachwork.wheels(str(which), int(fine))
        case "tree" | "wood":
            return plants.tree(int(which))
        case "hedge":
            return plants.hedge(int(which))
        case "house":
            return masonry.house(int(which)).mesh
        case "post":
            return masonry.post()
        case "lamp":
            return masonry.lamp()
    raise ValueError(f"no mesh is called {kind!r}")


class Stock:
    """Vertex arrays by program and mesh, each made when it is first asked for."""

    def __init__(self, context: moderngl.Context, programs: dict[str, moderngl.Program]) -> None:
        self._context, self._programs = context, programs
        self._buffers: dict[Key, tuple[moderngl.Buffer, moderngl.Buffer, int]] = {}
        self._arrays: dict[tuple[str, Key], moderngl.VertexArray] = {}

    def array(self, program: str, key: Key) -> moderngl.VertexArray:
        found = self._arrays.get((program, key))
        if found is None:
            if key not in self._buffers:
                made = mesh(key)
                points, corners = (self._context.buffer(part.tobytes()) for part in (made.points, made.corners))
                self._buffers[key] = points, corners, made.points.shape[1]
            points, corners, width = self._buffers[key]
            found = self._context.vertex_array(self._programs[program], [(points, *LAYOUT[width])], corners, skip_errors=True)
            self._arrays[program, key] = found
        return found
