"""The published size: its counts of parameters, and a model an eighth as wide that exports and runs as in torch."""

import subprocess
import sys

import numpy as np
import onnxruntime
import pytest
import torch

from longtake_models.paper import export, networks, weights

DIVISOR = 8


def counts(name):
    with torch.device("meta"):
        return weights.count(networks.networks()[name](1))


@pytest.mark.parametrize("name, spatial, temporal", [("keyframes", 860e6, 656e6), ("upsample", 473e6, 449e6)])
def test_parameters_are_the_paper_s_within_two_percent(name, spatial, temporal):
    found = counts(name)
    assert found[0] == pytest.approx(spatial, rel=0.02)
    assert found[1] == pytest.approx(temporal, rel=0.02)


@torch.no_grad()
@pytest.mark.parametrize("name", networks.networks())
def test_activations_stay_within_fp16(name):
    largest = 0.0

    def see(layer, given, made):
        nonlocal largest
        if isinstance(made, torch.Tensor):
            largest = max(largest, made.float().abs().max().item())

    network = weights.build(networks.networks()[name], DIVISOR).float()  # the fp16 weights; a CPU's fp16 convolutions are slow
    for layer in network.modules():
        layer.register_forward_hook(see)
    made = network(**networks.inputs(name, 1, DIVISOR))
    assert torch.isfinite(made).all() and 0.01 < made.std() < 10
    assert largest < 1000  # fp16 ends at 65504


@torch.no_grad()
def test_both_forms_of_attention_are_the_same():
    from longtake_models.paper.layers import Attention

    torch.manual_seed(0)
    layer, x, mask = Attention(32, 4).eval(), torch.randn(2, 7, 32), torch.full((7, 7), -60000.0).triu(1)
    fused = layer(x, mask=mask)
    layer.fused = False
    assert torch.allclose(fused, layer(x, mask=mask), atol=1e-6)


@pytest.mark.slow
@torch.no_grad()
@pytest.mark.parametrize("name, batch", [("text_encoder", 3), ("decode", 1), ("keyframes", 3)])
def test_the_exported_graph_is_the_network(name, batch, tmp_path):
    """fp32 weights stand for their fp16 rounding: what the fp16 graph loses is its arithmetic, not its weights."""
    path = tmp_path / "graph.onnx"
    export.export(name, path, DIVISOR)
    given = networks.inputs(name, batch, DIVISOR, seed=5)  # another batch than the exported one
    expected = weights.build(networks.networks()[name], DIVISOR).float()(**given).numpy()
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    found = session.run([networks.OUTPUTS[name]], {k: v.numpy() for k, v in given.items()})[0]
    assert found.dtype == np.float32 and found.shape == expected.shape
    assert np.abs(found - expected).max() < 0.01 * np.abs(expected).max()


@pytest.mark.slow
def test_the_command_exports_in_processes_of_their_own(tmp_path):
    made = subprocess.run(
        [sys.executable, "-m", "longtake_models.paper", "--out", str(tmp_path), "--width-divisor", "8", "--only", "text_encoder"],
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    assert "text_encoder: " in made.stdout and (tmp_path / "paper" / "1" / "text_encoder.onnx").exists()
