"""The shaders of shaders/, put together and compiled."""

from pathlib import Path
from typing import Any, TypeAlias

import moderngl

Value: TypeAlias = Any  # a number, a tuple of them, or a matrix

SHADERS = Path(__file__).parent / "shaders"
# Program: files of its vertex shader and of its fragment shader.
PARTS = {
    "car": (("solid.vert",), ("noise.glsl", "common.glsl", "car.frag")),
    "ground": (("ground.vert",), ("noise.glsl", "common.glsl", "ground.frag")),
    "sky": (("sky.vert",), ("noise.glsl", "common.glsl", "sky.frag")),
    "leaf": (("noise.glsl", "common.glsl", "leaf.vert"), ("noise.glsl", "common.glsl", "holes.glsl", "leaf.frag")),
    "house": (("solid.vert",), ("noise.glsl", "common.glsl", "house.frag")),
    "pole": (("pole.vert",), ("noise.glsl", "common.glsl", "pole.frag")),
    "depth": (("depth.vert",), ("depth.frag",)),
    "motion": (("motion.vert",), ("noise.glsl", "holes.glsl", "motion.frag")),
}


def compiled(context: moderngl.Context) -> dict[str, moderngl.Program]:
    return {
        name: context.program(vertex_shader=_text(vertex), fragment_shader=_text(fragment)) for name, (vertex, fragment) in PARTS.items()
    }


def _text(files: tuple[str, ...]) -> str:
    return "\n".join((SHADERS / name).read_text(encoding="utf-8") for name in files)


def tell(program: moderngl.Program, values: dict[str, Value]) -> None:
    """Sets those of the values that the program asks for; matrices are given as numpy has them, by rows."""
    for name, value in values.items():
        member = program.get(name, None)
        if isinstance(member, moderngl.Uniform):
            if hasattr(value, "astype"):
                member.write(value.T.astype("f4").tobytes() if value.shape == (4, 4) else value.astype("f4").tobytes())
            else:
                member.value = value
