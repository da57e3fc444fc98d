"""The graphs as they lie in the repository: what engines may rely on."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from longtake_models import weights
from longtake_models.export import OPSET
from longtake_models.manifest import VERSION

GRAPHS = {"drive": ("text_encoder", "keyframes", "interpolate", "decode", "upsample"), "drive-full": ("keyframes",)}
PATHS = [Path(__file__).parents[1] / model / VERSION / name for model, names in GRAPHS.items() for name in names]
# Those that these graphs use, of the many that the ONNX parser of TensorRT 10.6 imports.
IMPORTED = {
    "Add",
    "Cast",
    "Concat",
    "Conv",
    "Cos",
    "DepthToSpace",
    "Div",
    "Expand",
    "Gather",
    "Gemm",
    "InstanceNormalization",
    "LayerNormalization",
    "MatMul",
    "Mul",
    "Pow",
    "Reciprocal",
    "Reshape",
    "Resize",
    "Shape",
    "Sigmoid",
    "Sin",
    "Slice",
    "Softmax",
    "Split",
    "Sqrt",
    "Squeeze",
    "Sub",
    "Tanh",
    "Transpose",
    "Unsqueeze",
}


def load(path):
    return onnx.load(path, load_external_data=False)


def ports(model):
    return [
        (p.name, p.type.tensor_type.elem_type, [d.dim_param or d.dim_value for d in p.type.tensor_type.shape.dim])
        for p in (*model.graph.input, *model.graph.output)
    ]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_both_precisions_have_the_same_ports_in_fp32(path):
    single, half = load(path.with_suffix(".onnx")), load(path.with_suffix(".half.onnx"))
    assert ports(single) == ports(half)
    assert {kind for _, kind, _ in ports(half)} <= {TensorProto.FLOAT, TensorProto.INT64}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_engines_know_every_operator(path):
    for file in (path.with_suffix(".onnx"), path.with_suffix(".half.onnx")):
        model = load(file)
        assert [(o.domain, o.version) for o in model.opset_import] == [("", OPSET)]
        assert {n.op_type for n in model.graph.node} <= IMPORTED


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_kernels_and_matrices_of_the_half_are_initializers_in_fp16(path):
    model = load(path.with_suffix(".half.onnx"))
    kept = {t.name: t.data_type for t in model.graph.initializer}
    made = {out: n for n in model.graph.node for out in n.output}
    for node in (n for n in model.graph.node if n.op_type == "Conv"):
        if node.input[1] in kept:
            assert kept[node.input[1]] == TensorProto.FLOAT16
        else:  # the last convolution, in fp32
            assert made[node.input[1]].op_type == "Cast" and made[node.input[1]].input[0] in kept


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_weights_lie_once_and_the_graphs_name_their_digest(path):
    digest = hashlib.sha256(path.with_suffix(".weights").read_bytes()).hexdigest()
    for file in (path.with_suffix(".onnx"), path.with_suffix(".half.onnx")):
        assert weights.files(file) == [path.name + ".weights"]
        assert {p.key: p.value for p in load(file).metadata_props} == {weights.DIGEST: digest}
        assert file.stat().st_size < 0.05 * path.with_suffix(".weights").stat().st_size


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parts[-3]}-{path.name}")
def test_bounds_are_above_rounding_and_below_a_mistake(path):
    manifest = json.loads((path.parent / "model.json").read_text(encoding="utf-8"))
    graphs = [manifest["text"]["graph"], *(stage["graph"] for stage in manifest["stages"].values())]
    found = next(g for g in graphs if g["file"] == path.name + ".onnx")
    assert np.finfo(np.float16).eps / 2 < found["half"]["bounds"]["relativeRms"] < 0.02
    assert found["bounds"] == found["half"]["bounds"]
