"""The graphs between two calls of a denoiser, in ONNX Runtime, beside the samplers of the training code."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from longtake_models import sampler, schedule, update

B, C, T, H, W, S = 2, 3, 4, 2, 5, 6
ALPHAS, SIGMAS = schedule.table("cosine")
COMMITTED = Path(__file__).parents[2] / "src/main/resources/io/longtake/model"


def prediction(kind, a, s):
    """x0 and eps as combinations of x and the network's answer."""
    return ((a, -s), (s, a)) if kind == "v" else ((1 / a, -s / a), (0, 1))


def rows(method, kind, steps):
    """A sampler as a table, written down from the formulas of its paper and not from the code that is tested."""
    times = [int(t) for t in schedule.trailing(steps)]
    points = [(float(ALPHAS[t]), float(SIGMAS[t]), t) for t in times] + [(1.0, 0.0, -1)]
    table = [[0] * 5 + list(points[0])]
    lam = [np.log(a / s) for a, s, _ in points[:-1]]
    for i, ((a, s, _), (ap, sp, _)) in enumerate(pairwise(points)):
        (dx, dy), (ex, ey) = prediction(kind, a, s)
        if i == steps - 1:
            x, y, before = dx, dy, 0
        elif method == "ddim":
            x, y, before = ap * dx + sp * ex, ap * dy + sp * ey, 0
        else:
            h = lam[i + 1] - lam[i]
            gain, r = -ap * np.expm1(-h), (lam[i] - lam[i - 1]) / h if i else np.inf
            x, y, before = sp / s + gain * (1 + 0.5 / r) * dx, gain * (1 + 0.5 / r) * dy, -gain * 0.5 / r
        table.append([dx, dy, x, y, before, *points[i + 1]])
    return np.array(table, np.float32)


class Loop:
    """Runs the graphs around a network, as the worker does."""

    def __init__(self):
        self.sessions = {
            name[:-5]: onnxruntime.InferenceSession(made.SerializeToString(), providers=["CPUExecutionProvider"])
            for name, made in update.graphs().items()
        }

    def call(self, name, feeds):
        names = [i.name for i in self.sessions[name].get_inputs()]
        found = self.sessions[name].run(None, {k: feeds[k] for k in names})
        return dict(zip([o.name for o in self.sessions[name].get_outputs()], found))

    def run(self, network, constants, steps):
        held = "_held" if "known" in constants else ""
        found = self.call("start" + held, constants)
        for _ in range(steps):
            out = network(torch.from_numpy(found["sample"]), torch.from_numpy(found["timestep"]))
            now = {name[5:]: found[name] for name in ("next_state", "next_before", "next_step")}
            found = self.call("update" + held, {**constants, **now, "out": out.numpy()})
        assert found["next_step"] == [steps + 1]
        return torch.from_numpy(found["next_state"])


def toy(x, t):
    """Sees the whole clip, so that a frame that is held is felt by the others."""
    return 0.3 * x + 0.2 * x.mean(2, keepdim=True) + 0.1 * torch.sin(t / 100)[:, None, :, None, None]


@pytest.mark.parametrize("kind", ["v", "eps"])
@pytest.mark.parametrize("method", ["ddim", "dpm++2m"])
def test_a_table_samples_as_the_sampler_does(method, kind):
    torch.manual_seed(3)
    noise = torch.randn(B, C, T, H, W)
    sample = sampler.ddim if method == "ddim" else sampler.dpm2m
    expected = sample(lambda x, t: toy(x, torch.full((B, T), float(t))), noise, S, kind)

    found = Loop().run(toy, {"noise": noise.numpy(), "weights": np.ones((1, B), np.float32), "table": rows(method, kind, S)}, S)

    assert (found - expected).abs().max() <= 1e-5 * expected.abs().max()


@pytest.mark.parametrize("guidance, context", [(1.0, 1.0), (2.5, 1.0), (1.0, 1.5), (2.5, 1.5)])
@pytest.mark.parametrize("method", ["ddim", "dpm++2m"])
def test_keyframes_are_guided_and_held_as_in_training(method, guidance, context):
    torch.manual_seed(4)
    noise, known, text = torch.randn(B, C, T, H, W), torch.randn(B, C, 2, H, W), torch.randn(2, B, 6, 4)

    def network(x, t, spatial, temporal, c_s):
        return toy(x, t) + 0.2 * spatial.mean((1, 2))[:, None, None, None, None] + 0.4 * c_s[:, :C]

    expected = sampler.keyframes(network, noise, text[1], text[0], S, guidance, known, context, method)
    terms = [(1 - guidance, text[0], 1), (guidance + context - 1, text[1], 1), (1 - context, text[1], 0)]
    terms = [term for term in terms if term[0] != 0]
    c_s = sampler.context(known, T, (B, C, H, W))
    spatial, seen = torch.cat([t for _, t, _ in terms]), torch.cat([c_s * there for *_, there in terms])
    given = np.repeat([[1.0, 1.0, 0.0, 0.0]], B, 0).astype(np.float32)

    found = Loop().run(
        lambda x, t: network(x, t, spatial, spatial, seen),
        {
            "noise": noise.numpy(),
            "weights": np.repeat([[weight] for weight, *_ in terms], B, 1).astype(np.float32),
            "table": rows(method, "v", S),
            "known": c_s[:, :C].numpy(),
            "given": given,
        },
        S,
    )

    found = torch.cat([known, found[:, :, 2:]], 2)
    assert (found - expected).abs().max() <= 1e-5 * expected.abs().max()


def test_an_entry_knows_nothing_of_the_others():
    torch.manual_seed(5)
    noise, weights = torch.randn(B, C, T, H, W).numpy(), np.array([[-1, -2], [2, 3]], np.float32)
    table = rows("dpm++2m", "v", S)
    both = Loop().run(toy, {"noise": noise, "weights": weights, "table": table}, S)
    for b in range(B):
        alone = Loop().run(toy, {"noise": noise[b : b + 1], "weights": weights[:, b : b + 1], "table": table}, S)
        assert torch.equal(alone, both[b : b + 1])


def test_the_graphs_beside_the_worker_are_those_of_this_code():
    for name, made in update.graphs().items():
        assert (COMMITTED / name).read_bytes() == made.SerializeToString(deterministic=True)
