"""The shaders of shaders/, put together and compiled."""

from pathlib import Path
from typing import Any, TypeAlias

import moderngl

Value: TypeAlias = Any  # a number, a tuple of them, or a matrix

SHADERS = Path(__file__).parent / "shaders"
COMMON = ("noise.glsl", "common.glsl")
# Program: files of its vertex shader and of its fragment shader. What stands behind a + is defined. Software
# evaluates both sides of a branch: what is the same all over a mesh is better another program.
PARTS = {
    "rear": (("solid.vert",), ("+REAR", *COMMON, "car.frag", "body.frag")),
    "front": (("solid.vert",), ("+FRONT", *COMMON, "car.frag", "body.frag")),
    "whole": (("solid.vert",), ("+REAR", "+FRONT", *COMMON, "car.frag", "body.frag")),
    "wheels": (("solid.vert",), (*COMMON, "car.frag", "wheels.frag")),
    "ground": (("ground.vert",), (*COMMON, "ground.frag")),
    "wet": (("ground.vert",), ("+WET", *COMMON, "ground.frag")),
    "sky": (("sky.vert",), (*COMMON, "sky.frag")),
    "leaf": ((*COMMON, "leaf.vert"), (*COMMON, "holes.glsl", "leaf.frag")),
    "house": (("solid.vert",), (*COMMON, "house.frag")),
    "pole": (("pole.vert",), (*COMMON, "pole.frag")),
    "depth": (("depth.vert",), ("depth.frag",)),
    "motion": (("motion.vert",), ("noise.glsl", "holes.glsl", "motion.frag")),
}


def compiled(context: moderngl.Context) -> dict[str, moderngl.Program]:
    return {
        name: context.program(vertex_shader=_text(vertex), fragment_shader=_text(fragment)) for name, (vertex, fragment) in PARTS.items()
    }


def _text(files: tuple[str, ...]) -> str:
    said = [f"#define {name[1:]}\n" for name in files if name.startswith("+")]
    return "#version 330\n" + "\n".join(
        [*said, *((SHADERS / name).read_text(encoding="utf-8") for name in files if not name.startswith("+"))]
    )


def tell(program: moderngl.Program, values: dict[str, Value]) -> None:
    """Sets those of the values that the program asks for; matrices are given as numpy has them, by rows."""
    for name, value in values.items():
        member = program.get(name, None)
        if isinstance(member, moderngl.Uniform):
            if hasattr(value, "astype"):
                member.write(value.T.astype("f4").tobytes() if value.shape == (4, 4) else value.astype("f4").tobytes())
            else:
                member.value = value
