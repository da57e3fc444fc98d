"""Half precision graphs and shared weights, over graphs small enough to say what must come out."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from longtake_models import constants, half, precision, weights


def model(nodes, initializers, output="y", shape=("B", 4)):
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["B", 4])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, list(shape))],
        [numpy_helper.from_array(np.asarray(v, np.float32), n) for n, v in initializers.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def node(op, inputs, output, **attributes):
    return helper.make_node(op, inputs.split(" "), [output], **attributes)


def matrix(seed=1, shape=(4, 4)):
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float16).astype(np.float32)


def wide(seed=1):
    """Sixteen columns, so that the weights are worth sharing."""
    return model([node("MatMul", "x w", "m"), node("Mul", "m s", "y")], {"w": matrix(seed, (4, 16)), "s": 0.1}, shape=("B", 16))


def types(made):
    return half.value_types(made)


def run(made, x):
    return precision.session(made).run(None, {"x": x})[0]


def test_products_are_half_and_what_comes_before_them_is_not():
    made = half.halved(
        model(
            [node("Sin", "x", "s"), node("Mul", "s c", "scaled"), node("MatMul", "scaled w", "m"), node("Add", "m c", "y")],
            {"c": 0.1, "w": matrix()},
        )
    )
    found = types(made)
    assert found["s"] == found["scaled"] == TensorProto.FLOAT
    assert found["m"] == TensorProto.FLOAT16
    assert found["y"] == found["x"] == TensorProto.FLOAT


def test_what_meets_an_input_again_is_single():
    made = half.halved(model([node("MatMul", "x w", "m"), node("Neg", "m", "n"), node("Add", "n x", "y")], {"w": matrix()}))
    assert types(made)["n"] == TensorProto.FLOAT16
    assert next(n for n in made.graph.node if n.op_type == "Add").input[:] == ["n.single", "x"]


def test_sums_over_many_numbers_are_single():
    made = half.halved(model([node("MatMul", "x w", "m"), node("Softmax", "m", "p"), node("MatMul", "p w", "y")], {"w": matrix()}))
    found = types(made)
    assert found["m"] == TensorProto.FLOAT16 and found["p"] == TensorProto.FLOAT


def test_a_cast_is_made_once_for_all_who_read_it():
    made = half.halved(
        model([node("MatMul", "x w", "a"), node("MatMul", "x v", "b"), node("Add", "a b", "y")], {"w": matrix(), "v": matrix(2)})
    )
    assert [n.output[0] for n in made.graph.node if n.op_type == "Cast"] == ["x.half", "y"]


def test_a_last_convolution_is_single():
    kernel = matrix(3, (4, 1, 1))[:, :, :, None] * np.ones((1, 4, 1, 1), np.float32)
    shapes = {"a": np.array([0, 4, 1, 1], np.int64), "b": np.array([0, 4], np.int64)}
    made = model(
        [node("MatMul", "x w", "m"), node("Reshape", "m a", "i"), node("Conv", "i k", "c"), node("Reshape", "c b", "y")],
        {"w": matrix(), "k": kernel},
    )
    made.graph.initializer.extend(numpy_helper.from_array(v, n) for n, v in shapes.items())
    assert types(half.halved(made))["c"] == TensorProto.FLOAT
    assert types(half.halved(made, last=False))["c"] == TensorProto.FLOAT16


def test_a_constant_beyond_the_range_is_refused():
    with pytest.raises(ValueError, match="constant big leaves fp16's range: 100000"):
        half.halved(model([node("MatMul", "x w", "m"), node("Mul", "m big", "y")], {"w": matrix(), "big": 1e5}))


def test_constant_nodes_are_folded_to_what_the_runtime_makes_of_them():
    made = model([node("Mul", "w c", "v"), node("MatMul", "x v", "y")], {"w": matrix(), "c": 0.1})
    x = matrix(5)
    before = run(made, x)
    constants.fold(made)
    assert [n.op_type for n in made.graph.node] == ["MatMul"] and [t.name for t in made.graph.initializer] == ["v"]
    assert np.array_equal(run(made, x), before)


def test_both_graphs_read_one_file_of_weights_and_the_single_one_computes_the_same_bits(tmp_path):
    made, x = wide(), matrix(5)
    before, shared = run(made, x), weights.Weights(made)
    shared.save(tmp_path / "g.weights")
    small = half.halved(made)
    for graph, name in ((small, "g.half.onnx"), (made, "g.onnx")):
        shared.attach(graph, "g.weights")
        onnx.save(graph, tmp_path / name)
        onnx.checker.check_model(tmp_path / name, full_check=True)
        assert weights.files(tmp_path / name) == ["g.weights"]
        assert (tmp_path / name).stat().st_size < 1024
    assert (tmp_path / "g.weights").stat().st_size == 4 * 16 * 2
    assert np.array_equal(run(tmp_path / "g.onnx", x), before)
    assert 0 < precision.error(run(tmp_path / "g.half.onnx", x), before)[0] < 1e-3


def test_a_graph_of_other_weights_is_another_file():
    first, second = wide(1), wide(2)
    for made in (first, second):
        weights.Weights(made).attach(made, "g.weights")
    assert first.SerializeToString() != second.SerializeToString()


def test_weights_that_are_no_fp16_numbers_stay_in_the_graph():
    made = model([node("MatMul", "x w", "y")], {"w": matrix(1, (4, 16)) + 1e-6}, shape=("B", 16))
    assert not weights.Weights(made).places


def test_rounding_every_value_shows_what_a_runtime_without_fp16_kernels_hides():
    made = model([node("MatMul", "x w", "m"), node("Mul", "m m", "q"), node("Mul", "q q", "y")], {"w": matrix()})
    x = matrix(5)
    m = (x.astype(np.float32) @ matrix()).astype(np.float16)
    q = (m.astype(np.float32) ** 2).astype(np.float16)
    assert np.array_equal(
        run(precision.every_value_rounded(half.halved(made)), x), (q.astype(np.float32) ** 2).astype(np.float16).astype(np.float32)
    )


def test_errors_are_relative_to_the_size_of_what_is_expected():
    assert precision.error(np.array([3.0, 4.5]), np.array([3.0, 4.0])) == (0.1, 0.5)


def pictures(nodes, initializers):
    graph = helper.make_graph(
        nodes,
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["B", 1, 4, 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(np.asarray(v, np.float32), n) for n, v in initializers.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def test_what_a_fixed_kernel_cuts_is_single_until_a_learned_one_meets_it():
    made = half.halved(
        pictures(
            [node("Conv", "x cut.kernel", "c", strides=[2, 2]), node("Conv", "c w", "d"), node("Sin", "d", "y")],
            {"cut.kernel": np.eye(4).reshape(4, 1, 2, 2), "w": matrix(shape=(4, 4, 1, 1))},
        )
    )
    assert types(made)["c"] == TensorProto.FLOAT and types(made)["d"] == TensorProto.FLOAT16


def test_what_is_resized_in_half_keeps_its_scales_in_single():
    made = half.halved(
        pictures(
            [node("Conv", "x w", "c"), node("Resize", "c  scales", "r", mode="nearest"), node("Sin", "r", "y")],
            {"w": matrix(shape=(2, 1, 1, 1)), "scales": [1, 1, 2, 2]},
        )
    )
    assert types(made)["r"] == TensorProto.FLOAT16 and "scales" in next(n for n in made.graph.node if n.op_type == "Resize").input
    assert run(made, np.ones((1, 1, 4, 4), np.float32)).shape == (1, 2, 8, 8)
