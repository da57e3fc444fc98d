"""A graph in half precision: the same nodes, names and weights, fp16 between them where that loses little.

Convolutions and matrix products are fp16. Everything else follows what it is given, as numbers are promoted in torch: fp16 where
all that it reads is fp16, fp32 otherwise. Fp32 whatever they read are the operators in SINGLE, a last convolution and one with a
fixed kernel. So fp32 are: all that comes before the first product (sinusoids, schedule, residual over the enlarged frame), group norm
with its affine part and activation, softmax, GELU, and what meets an input of the graph again at the end. Inputs and outputs keep
their types.
"""

import copy
from collections.abc import Collection, Sequence

import numpy as np
import onnx
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

HALF, FLOAT = TensorProto.FLOAT16, TensorProto.FLOAT
PRODUCTS = frozenset({"Conv", "Gemm", "MatMul"})
# Sums over many numbers, and a cube that leaves fp16's range at 40. LayerNormalization is not among them: its attribute
# stash_type = 1 asks for fp32 statistics inside.
SINGLE = frozenset({"InstanceNormalization", "Softmax", "Pow"})
KERNEL = ".kernel"  # how the names of fixed kernels end
MOVES = frozenset({"Reshape", "Transpose", "DepthToSpace", "Identity"})


def halved(model: ModelProto, single: Collection[str] = SINGLE, last: bool = True) -> ModelProto:
    """The model (constants.folded) in half precision; a constant x that is read in fp16 is there as `x.fp16`.

    last: a convolution whose result only moves on its way out of the graph is fp32.
    """
    made = copy.deepcopy(model)
    graph, types = made.graph, value_types(model)
    constants = {t.name: t for t in graph.initializer}
    kept = last_convolutions(graph) if last else set()
    half: set[str] = set()  # values that are fp16 by now
    small: set[str] = set()  # constants that somebody reads so
    casts: set[str] = set()
    nodes: list[NodeProto] = []

    def precision(node: NodeProto, values: Sequence[str]) -> int:
        if node.op_type in single or node.op_type == "Cast" or node.output[0] in kept or fixed(node):
            return FLOAT
        return HALF if node.op_type in PRODUCTS or (values and all(n in half for n in values)) else FLOAT

    def as_read(name: str, to: int) -> str:
        """Name of the value in that type; a Cast where it is not, shared by all who read it."""
        if name in constants:
            small.update([name] if to == HALF else [])
            return name + ".fp16" if to == HALF else name
        if (name in half) == (to == HALF):
            return name
        cast = f"{name}.{'half' if to == HALF else 'single'}"
        if cast not in casts:
            casts.add(cast)
            nodes.append(helper.make_node("Cast", [name], [cast], name="cast." + cast, to=to))
        return cast

    for node in graph.node:
        # The second and third input of a Resize are its region and scales, which are fp32 by definition.
        read = node.input[:1] if node.op_type == "Resize" else node.input
        floats = [n for n in read if types.get(n) == FLOAT]
        if floats and any(types[n] == FLOAT for n in node.output if n):
            to = precision(node, [n for n in floats if n not in constants])
            for i, name in enumerate(node.input):
                if name in floats:
                    node.input[i] = as_read(name, to)
            if to == HALF:
                half.update(n for n in node.output if types.get(n) == FLOAT)
        nodes.append(node)
    _give_back(graph, half, nodes)
    del graph.node[:]
    graph.node.extend(nodes)
    for name in sorted(small):
        graph.initializer.append(_rounded(constants[name]))
    needed = {n for node in graph.node for n in node.input}
    for name in [n for n in constants if n not in needed]:
        graph.initializer.remove(constants[name])
    return made


def value_types(model: ModelProto) -> dict[str, int]:
    """Value name -> element type."""
    graph = onnx.shape_inference.infer_shapes(model, strict_mode=True).graph
    found = {v.name: v.type.tensor_type.elem_type for ports in (graph.input, graph.output, graph.value_info) for v in ports}
    found.update((t.name, t.data_type) for t in graph.initializer)
    missing = [n for node in graph.node for n in node.output if n and not found.get(n)]
    if missing:
        raise ValueError(f"no element type for {missing[:5]} of {graph.name}")
    return found


def fixed(node: NodeProto) -> bool:
    """Is it a convolution that cuts pictures into squares (squares.py), and no product of what was learned?"""
    return node.op_type == "Conv" and node.input[1].endswith(KERNEL)


def last_convolutions(graph: GraphProto) -> set[str]:
    """Results of the convolutions after which nothing is computed."""
    makers, found = {n: node for node in graph.node for n in node.output}, set()
    for port in graph.output:
        node = makers.get(port.name)
        while node is not None and node.op_type in MOVES:
            node = makers.get(node.input[0])
        if node is not None and node.op_type == "Conv":
            found.add(node.output[0])
    return found


def _give_back(graph: GraphProto, half: Collection[str], nodes: list[NodeProto]) -> None:
    """Outputs that came out in half, in fp32 and under their names."""
    for name in (port.name for port in graph.output if port.name in half):
        for node in nodes:
            for names in (node.input, node.output):
                for i, old in enumerate(names):
                    names[i] = name + ".half" if old == name else old
        nodes.append(helper.make_node("Cast", [name + ".half"], [name], name="cast." + name, to=FLOAT))


def _rounded(constant: TensorProto) -> TensorProto:
    value = numpy_helper.to_array(constant)
    with np.errstate(over="ignore"):
        small = value.astype(np.float16)
    if not np.array_equal(np.isinf(small), np.isinf(value)):
        raise ValueError(f"constant {constant.name} leaves fp16's range: {np.abs(value).max()}")
    return numpy_helper.from_array(small, constant.name + ".fp16")
