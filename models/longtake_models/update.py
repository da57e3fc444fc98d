"""`python -m longtake_models.update [--out DIR]`: the graphs between two calls of a denoiser, so that no latent leaves the device.

They hold no weights and fit every model: all axes are dynamic, all floats float32. B entries are sampled at once, each under n
conditions of guidance; `out` and `sample` hold the n*B, condition by condition.

start          before the first call
    in   noise (B, C, T, h, w), weights (n, B), table (S+1, 8)
    out  next_state = noise, next_before (anything finite), next_step (1,) = 1, sample (n*B, C, T, h, w), timestep (n*B, T)
update         after every call
    in   state, before (B, C, T, h, w), out (n*B, C, T, h, w), step (1,) int64, weights (n, B), table (S+1, 8)
    out  next_state, next_before (B, C, T, h, w), next_step (1,), sample (n*B, C, T, h, w), timestep (n*B, T)
start_held, update_held    the same with frames that are given
    in   also known, noise (B, C, T, h, w) and given (B, T), 1 where `known` is: there sample = alpha known + sigma noise

Row i of the table leads to point i of the course; with y = sum of weights * out, the guided prediction:

    D     = row[0] state + row[1] y                     the clean sample, as far as it is known
    state = row[2] state + row[3] y + row[4] before     before: D of the step before
    row[5], row[6], row[7]                              alpha, sigma and time of the point

Row 0 only names the first point. DDIM (eta 0) and DPM-Solver++(2M) are such tables.

TensorRT 10.6 takes the graphs as they are: elementwise operations, Gather, Expand, Reshape, one ReduceSum; no Loop, no If.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper

from . import command
from .config import clone

COLUMNS = 8
LATENT, NETWORK = ["B", "C", "T", "h", "w"], ["nB", "C", "T", "h", "w"]
SHAPES: dict[str, Sequence[str | int]] = {
    "noise": LATENT,
    "state": LATENT,
    "before": LATENT,
    "known": LATENT,
    "given": ["B", "T"],
    "out": NETWORK,
    "step": [1],
    "weights": ["n", "B"],
    "table": ["R", COLUMNS],
    "next_state": LATENT,
    "next_before": LATENT,
    "next_step": [1],
    "sample": NETWORK,
    "timestep": ["nB", "T"],
}


class Build:
    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, TensorProto] = {}

    def ints(self, *values: int) -> str:
        name = "_".join(str(v) for v in values)
        self.constants[name] = helper.make_tensor(name, TensorProto.INT64, [len(values)], values)
        return name

    def half(self) -> str:
        self.constants["half"] = helper.make_tensor("half", TensorProto.FLOAT, [], [0.5])
        return "half"

    def __call__(self, op: str, *inputs: str, to: str | None = None, **attributes: Any) -> str:
        to = to or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [to], **attributes))
        return to

    def sum(self, *terms: tuple[str, str], to: str | None = None) -> str:
        """Of products, from the left."""
        *rest, last = (self("Mul", *term) for term in terms)
        for product in rest[1:]:
            rest[0] = self("Add", rest[0], product)
        return self("Add", rest[0], last, to=to)

    def row(self, step: str) -> list[str]:
        """Of the table: eight numbers, (1, 1) each."""
        names = [f"row{i}" for i in range(COLUMNS)]
        row = self("Gather", "table", step, axis=0)
        self.nodes.append(helper.make_node("Split", [row, self.ints(*[1] * COLUMNS)], names, axis=1))
        return names

    def guided(self, state: str) -> str:
        """out (n*B, …) as (n, B, …), times weights (n, B), summed."""
        apart = self("Reshape", "out", self("Concat", self.ints(-1), self("Shape", state), axis=0))
        weighted = self("Mul", apart, self("Unsqueeze", "weights", self.ints(2, 3, 4, 5)))
        return self("ReduceSum", weighted, self.ints(0), keepdims=0)

    def ask(self, state: str, alpha: str, sigma: str, time: str, held: bool) -> None:
        """What the network gets next."""
        seen = state
        if held:
            given = self("Greater", self("Unsqueeze", "given", self.ints(1, 3, 4)), self.half())
            seen = self("Where", given, self.sum((alpha, "known"), (sigma, "noise")), state)
        shape, n = self("Shape", state), self("Gather", self("Shape", "weights"), self.ints(0))
        b, t, rest = (self("Gather", shape, self.ints(*axes)) for axes in ((0,), (2,), (1, 2, 3, 4)))
        copies = self("Expand", self("Unsqueeze", seen, self.ints(0)), self("Concat", n, shape, axis=0))
        self("Reshape", copies, self("Concat", self.ints(-1), rest, axis=0), to="sample")
        self("Expand", time, self("Concat", self("Mul", n, b), t, axis=0), to="timestep")


def start(held: bool) -> ModelProto:
    b = Build()
    *_, alpha, sigma, time = b.row(b.ints(0))
    b("Identity", "noise", to="next_state")
    b("Identity", "noise", to="next_before")
    b("Identity", b.ints(1), to="next_step")
    b.ask("noise", alpha, sigma, time, held)
    return model(b, "start", ["noise", "weights", "table"] + ["known", "given"] * held)


def update(held: bool) -> ModelProto:
    b = Build()
    clean_x, clean_y, x, y, before, alpha, sigma, time = b.row("step")
    out = b.guided("state")
    b.sum((clean_x, "state"), (clean_y, out), to="next_before")
    b.sum((x, "state"), (y, out), (before, "before"), to="next_state")
    b("Add", "step", b.ints(1), to="next_step")
    b.ask("next_state", alpha, sigma, time, held)
    return model(b, "update", ["state", "before", "out", "step", "weights", "table"] + ["known", "noise", "given"] * held)


def model(build: Build, name: str, inputs: Sequence[str]) -> ModelProto:
    def port(port: str) -> ValueInfoProto:
        return helper.make_tensor_value_info(port, TensorProto.INT64 if "step" in port.split("_") else TensorProto.FLOAT, SHAPES[port])

    outputs = ["next_state", "next_before", "next_step", "sample", "timestep"]
    graph = helper.make_graph(build.nodes, name, [port(p) for p in inputs], [port(p) for p in outputs], list(build.constants.values()))
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9, producer_name="longtake")
    onnx.checker.check_model(made, full_check=True)
    return made


def graphs() -> dict[str, ModelProto]:
    """By file name."""
    return {f"{make.__name__}{'_held' * held}.onnx": make(held) for make in (start, update) for held in (False, True)}


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("update", "Writes the graphs that a worker runs between two calls of a denoiser.")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="folder of the graphs; src/main/resources/io/longtake/model of the clone if it is not given"
    )
    out = parser.parse_args(argv).out or clone("src/main/resources/io/longtake/model", "--out DIR")
    out.mkdir(parents=True, exist_ok=True)
    for name, made in graphs().items():
        (out / name).write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    command.run(main)
