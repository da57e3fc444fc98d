"""Writes the graphs of the GPU tests. Run here: python graphs.py"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def save(name, nodes, inputs, outputs, weights=()):
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in inputs],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in outputs],
        [numpy_helper.from_array(w, n) for n, w in weights],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9, producer_name="longtake")
    onnx.checker.check_model(model)
    onnx.save(model, f"{name}.onnx")


LATENT = ["batch", 4, 8, 8]
rng = np.random.default_rng(0)
weight = (rng.standard_normal((4, 4, 3, 3)) / 6).astype(np.float32)
bias = rng.standard_normal(4).astype(np.float32)

# A network in miniature: a convolution and something that is not linear.
save(
    "network",
    [
        helper.make_node("Conv", ["latent", "mix.weight", "mix.bias"], ["mixed"], name="mix", pads=[1, 1, 1, 1]),
        helper.make_node("Sigmoid", ["mixed"], ["gate"]),
        helper.make_node("Mul", ["mixed", "gate"], ["prediction"]),
    ],
    [("latent", LATENT)],
    [("prediction", LATENT)],
    [("mix.weight", weight), ("mix.bias", bias)],
)

# An update of a sampler: latent + step * prediction.
save(
    "update",
    [
        helper.make_node("Mul", ["prediction", "step"], ["change"]),
        helper.make_node("Add", ["latent", "change"], ["next"]),
    ],
    [("latent", LATENT), ("prediction", LATENT), ("step", [1])],
    [("next", LATENT)],
)
