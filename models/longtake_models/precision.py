"""How far a graph in half precision is from the fp32 network, and how far an engine may be (`bounds` in model.json)."""

import copy
import math
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnx import ModelProto, NodeProto, helper, numpy_helper
from safetensors.numpy import load_file

from .arrays import Array
from .half import FLOAT, HALF, value_types

# Engines add in other orders, some of them in fp16, and choose them by the card: room for that. A wrong kernel, layout or weight is
# off by a hundred times the error, not by four.
ROOM = 4
EXACT = frozenset({"Reshape", "Transpose", "DepthToSpace", "Split", "Slice", "Concat", "Gather", "Expand", "Squeeze", "Unsqueeze"})


def session(model: ModelProto | Path, threads: int = 2) -> ort.InferenceSession:
    """ONNX Runtime on the CPU over a model or the path of one."""
    options = ort.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = threads, 3
    return ort.InferenceSession(
        model if isinstance(model, Path) else model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )


def error(found: Array, expected: Array) -> tuple[float, float]:
    """(root of the summed squares of the difference over that of the expected, largest absolute difference)."""
    difference = found.astype(np.float64) - expected
    return float(np.sqrt((difference**2).sum() / (expected.astype(np.float64) ** 2).sum())), float(np.abs(difference).max())


def golden_error(model: ModelProto | Path, golden: Path) -> tuple[float, float]:
    """Error of a session's answer to a golden file; of several outputs the largest."""
    run, tensors = session(model), load_file(golden)
    names = [port.name for port in run.get_outputs()]
    made = run.run(names, {port.name: tensors[port.name] for port in run.get_inputs()})
    return tuple(max(worst) for worst in zip(*(error(out, tensors[name]) for name, out in zip(names, made))))


def bounds(half: Path, golden: Path) -> dict[str, float]:
    """What model.json promises of a graph: ROOM times the error of the half precision graph with every value rounded."""
    rms, most = golden_error(every_value_rounded(onnx.load(half)), golden)
    return {"relativeRms": _up(ROOM * rms), "maxAbsolute": _up(ROOM * most)}


def _up(x: float) -> float:
    """Rounded up to two digits."""
    unit = 10.0 ** (math.floor(math.log10(x)) - 1)
    return float(f"{math.ceil(x / unit) * unit:.6g}")


def variants(path: Path) -> dict[str, ModelProto | Path]:
    """What there is of the graph at `path` to run and compare, by title."""
    half = path.with_suffix(".half.onnx")
    return {"fp32": path, "fp16": half, "fp16, every value rounded": every_value_rounded(onnx.load(half))}


def every_value_rounded(model: ModelProto) -> ModelProto:
    """An fp32 graph that rounds wherever the half precision graph holds fp16.

    ONNX Runtime has no fp16 kernels for most CPUs: it computes in fp32 and rounds only now and then, which flatters.
    """
    made = copy.deepcopy(model)
    graph, types = made.graph, value_types(model)
    nodes: list[NodeProto] = []
    for tensor in [t for t in graph.initializer if t.data_type == HALF]:
        tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float32), tensor.name))
    for node in graph.node:
        if node.op_type == "Cast" and types[node.input[0]] == HALF:
            node.op_type = "Identity"
            del node.attribute[:]
        elif node.op_type == "Cast" and types[node.output[0]] == HALF:
            nodes.extend(_rounding(node.input[0], node.output[0]))
            continue
        nodes.append(node)
        for i, name in enumerate(node.output):
            if types.get(name) == HALF and node.op_type not in EXACT:
                node.output[i] = name + ".exact"
                nodes.extend(_rounding(name + ".exact", name))
    del graph.node[:]
    graph.node.extend(nodes)
    return made


def _rounding(exact: str, name: str) -> tuple[NodeProto, NodeProto]:
    return (
        helper.make_node("Cast", [exact], [name + ".rounded"], to=HALF),
        helper.make_node("Cast", [name + ".rounded"], [name], to=FLOAT),
    )
