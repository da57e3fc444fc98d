"""Constants of a graph: folded before anything is decided about them, so that every weight of a convolution is an initializer."""

from collections.abc import Iterable, Sequence

import onnxruntime as ort
from onnx import ModelProto, NodeProto, OperatorSetIdProto, TensorProto, helper, numpy_helper

from .arrays import Array


def fold(model: ModelProto) -> None:
    """Nodes that read nothing but initializers become initializers; the runtime that would do it at load computes them."""
    graph = model.graph
    known = {t.name: t for t in graph.initializer}
    outputs = {port.name for port in graph.output}
    for node in list(graph.node):
        names = [n for n in node.input if n]
        if not all(n in known for n in names) or outputs.intersection(node.output):
            continue
        for name, value in zip(node.output, computed(node, [known[n] for n in dict.fromkeys(names)], model.opset_import)):
            known[name] = numpy_helper.from_array(value, name)
            graph.initializer.append(known[name])
        graph.node.remove(node)
    read = {n for node in graph.node for n in node.input}
    for tensor in [t for t in graph.initializer if t.name not in read]:
        graph.initializer.remove(tensor)


def computed(node: NodeProto, initializers: Sequence[TensorProto], opsets: Iterable[OperatorSetIdProto]) -> Sequence[Array]:
    """What a node makes of initializers, by ONNX Runtime."""
    outputs = [helper.make_empty_tensor_value_info(name) for name in node.output]
    graph = helper.make_graph([node], "constant", [], outputs, initializers)
    options = ort.SessionOptions()
    options.log_severity_level, options.intra_op_num_threads = 3, 1
    model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"]).run(None, {})
