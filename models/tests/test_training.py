"""The training loop and the distillation's algebra."""

import os
import subprocess
import sys

import pytest
import torch

from longtake_models import text
from longtake_models.alone import alone
from longtake_models.pipeline import FEW, FULL
from longtake_models.refused import Refused
from longtake_models.sampler import context, keyframes
from longtake_models.schedule import cosine
from longtake_models.train import kept
from longtake_models.train import loop as training
from longtake_models.train.distillation import coefficients, levels, target
from longtake_models.train.latents import car_cells, foreground
from longtake_models.train.muon import orthogonal
from longtake_models.train.student import guided_steps
from longtake_models.train.temporal import context_batch
from longtake_models.world import captions

PART = """
import logging, sys, torch
from longtake_models.train.loop import Loop
logging.basicConfig(level=logging.INFO)
torch.manual_seed(0)
network = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
loop, until = Loop("part", network), int(sys.argv[1])

def step(loop):
    if loop.steps == until:
        loop._save()
        sys.exit(9)                                     # killed here
    x = torch.randn(16, 4) + torch.from_numpy(loop.rng.normal(size=(16, 4))).float()
    return ((network(x) - x.sum(1, keepdim=True)) ** 2).mean(), {}

loop.run(step)
"""


def train(folder, until):
    (folder / "recipe").mkdir(parents=True, exist_ok=True)
    (folder / "recipe" / "part.toml").write_text("seed = 5\nsteps = 40\nlr = 1e-2\nmatrix_lr = 1e-2\n")
    environment = {**os.environ, "LONGTAKE_RECIPE": str(folder / "recipe"), "LONGTAKE_WORK": str(folder / "work"), "OMP_NUM_THREADS": "1"}
    return subprocess.run([sys.executable, "-c", PART, str(until)], env=environment, capture_output=True, text=True)


def test_a_killed_run_goes_on_to_the_very_same_weights(tmp_path):
    assert train(tmp_path / "whole", -1).returncode == 0
    assert train(tmp_path / "killed", 17).returncode == 9
    again = train(tmp_path / "killed", -1)
    assert again.returncode == 0 and "goes on from step 17" in again.stderr
    whole, killed = (torch.load(tmp_path / name / "work" / "part.pt", weights_only=True) for name in ("whole", "killed"))
    assert all(torch.equal(whole[k], killed[k]) for k in whole)


class Recipe:
    """A part of one small layer, its working folder and a step that learns a sum."""

    def __init__(self, monkeypatch, folder, **settings):
        self.settings = {"seed": 5, "steps": 30, "lr": 1e-2, "matrix_lr": 1e-2, **settings}
        monkeypatch.setattr(training, "load", lambda: {"part": self.settings})
        monkeypatch.setenv("LONGTAKE_WORK", str(folder))
        torch.manual_seed(0)
        self.loop = training.Loop("part", torch.nn.Linear(4, 1))

    def off(self, rng):
        x = torch.from_numpy(rng.normal(size=(16, 4))).float()
        error = ((self.loop.network(x) - x.sum(1, keepdim=True)) ** 2).mean()
        return error, {"root": error.item() ** 0.5}

    def run(self):
        self.loop.run(lambda loop: self.off(loop.rng), judged=self.off)
        return self.loop


def test_the_best_averaged_weights_are_kept_in_half_precision(monkeypatch, tmp_path):
    loop = Recipe(monkeypatch, tmp_path).run()
    state, about = kept.begun("part")
    assert about["steps"] == 30 and about["heldOut"][-1][2].keys() == {"loss", "root"}
    assert all(torch.equal(state[k], v.half().float()) for k, v in loop.network.state_dict().items())


def test_judging_changes_nothing_of_the_training(monkeypatch, tmp_path):
    judged = Recipe(monkeypatch, tmp_path / "judged")
    monkeypatch.setattr(training, "JUDGED_SECONDS", -1)
    often = judged.run()
    alone_ = Recipe(monkeypatch, tmp_path / "alone")
    alone_.loop.run(lambda loop: alone_.off(loop.rng))
    assert len(often.held_out) == 31
    assert all(torch.equal(a, b) for a, b in zip(often.network.parameters(), alone_.loop.network.parameters()))


def test_a_part_whose_checkpoint_is_gone_goes_on_from_what_was_kept(monkeypatch, tmp_path):
    first = Recipe(monkeypatch, tmp_path).run()
    (tmp_path / "part.ckpt").unlink()
    again = Recipe(monkeypatch, tmp_path, steps=31)
    before = {k: v.half().float() for k, v in first.network.state_dict().items()}
    again.run()
    moved = max((again.loop.network.state_dict()[k] - v).abs().max().item() for k, v in before.items())
    assert again.loop.steps == 31 and again.loop.warm == 30 and 0 < moved < 1e-3  # one step, at a fiftieth of the rate


def test_kept_files_are_small_enough_and_complete(monkeypatch, tmp_path):
    monkeypatch.setenv("LONGTAKE_WORK", str(tmp_path))
    monkeypatch.setattr(kept, "MOST", 50)
    state = {"a": torch.ones(20), "b": torch.ones(20), "c": torch.tensor(3)}
    kept.keep("part", state, {})
    assert sorted(path.name for path in (tmp_path / "best").glob("part-*")) == ["part-0.safetensors", "part-1.safetensors"]
    found, _ = kept.begun("part")
    assert found.keys() == state.keys() and all(torch.equal(found[k], v) for k, v in state.items())


def test_a_part_is_over_when_its_hours_are(monkeypatch, tmp_path):
    loop = Recipe(monkeypatch, tmp_path, hours=2).loop
    loop.worked = 3600 * torch.get_num_threads()
    assert loop.progress == 0.5
    loop.worked *= 2
    assert loop.progress == 1


def test_a_part_that_another_process_trains_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("LONGTAKE_WORK", str(tmp_path))
    with alone("part"), pytest.raises(Refused, match=r"part\.lock is held: another process trains the part 'part'"), alone("part"):
        pass
    with alone("part"):
        pass


def test_muon_turns_a_momentum_into_a_nearly_orthogonal_matrix():
    torch.manual_seed(1)
    for shape in ((16, 60), (60, 16)):
        singular = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
        assert singular.min() > 0.5 and singular.max() < 1.4


@pytest.mark.parametrize("k", range(FEW.steps))
def test_one_step_of_the_student_lands_where_the_teacher_landed(k):
    torch.manual_seed(2)
    x, after = torch.randn(2, 3, dtype=torch.float64), torch.randn(2, 3, dtype=torch.float64)
    t, end = levels(FEW.steps)[k], levels(FEW.steps)[k + 1]
    v = target(x, after, t, end)
    (a, s), (b, r) = coefficients(t), coefficients(end)
    assert torch.allclose(b * (a * x - s * v) + r * (s * x + a * v), after, atol=1e-9)


def test_the_students_timesteps_are_among_the_teachers():
    assert set(levels(FEW.steps)) <= set(levels(FULL.steps))
    assert FULL.calls >= 5 * FEW.calls


def test_context_frames_stay_on_the_straight_way_to_their_clean_selves_while_the_teacher_steps():
    torch.manual_seed(3)
    z, eps, text = torch.randn(2, 8, 8, 8, 16), torch.randn(2, 8, 8, 8, 16), torch.randn(2, 24, 128)
    c_s = context_batch(z, torch.tensor([0, 2]))
    path = levels(FULL.steps)[3:7]
    after = guided_steps(lambda x, t, spatial, temporal, c_s: 0.1 * x, z, eps, text, text[:1], c_s, path)
    b, r = coefficients(path[-1])
    held = torch.isclose(after, b * z + r * eps).all(1).all(-1).all(-1)
    assert held.tolist() == [[False] * 8, [True] * 2 + [False] * 6]


def test_the_teacher_is_guided_as_a_video_of_the_full_profile_is():
    torch.manual_seed(4)
    eps, said, given = torch.randn(1, 8, 8, 8, 16), torch.randn(1, 24, 128), torch.randn(1, 8, 2, 8, 16)
    z = torch.cat([given, torch.zeros(1, 8, 6, 8, 16)], 2)
    c_s = context(given, 8, (1, 8, 8, 16))

    def network(x, t, spatial, temporal, c_s):
        return 0.1 * x + (spatial.mean((1, 2)) + c_s.mean((1, 2, 3, 4))).view(-1, 1, 1, 1, 1)

    video = keyframes(network, eps, said, torch.zeros_like(said), 12, FULL.guidance, given, FULL.context_guidance, "ddim")
    made = guided_steps(network, z, eps, said, torch.zeros_like(said), c_s, levels(12))
    assert torch.allclose(made, video, atol=1e-4)


def test_a_cell_is_a_cars_where_its_box_reaches_into_it():
    boxes = torch.tensor([[0.26, 0.5, 0.49, 0.7], [0.0, 0, 0, 0]]).numpy()[None, None]
    cells = car_cells(boxes, 4, 4)[0, 0]
    assert cells.nonzero().tolist() == [[2, 1]]
    touching = torch.tensor([[0.24, 0.5, 0.51, 0.76]]).numpy()[None, None]
    assert car_cells(touching, 4, 4)[0, 0].nonzero().tolist() == [[2, 0], [2, 1], [2, 2], [3, 0], [3, 1], [3, 2]]


def test_cells_of_cars_weigh_more_and_the_loss_as_much_as_before():
    cars = torch.zeros(2, 1, 1, 4, 4, dtype=torch.bool)
    cars[0, 0, 0, 1, 2] = True
    weight = foreground(cars, 2.0)
    assert weight.mean() == pytest.approx(1) and weight[0, 0, 0, 1, 2] == pytest.approx(3 * weight[1, 0, 0, 0, 0])
    assert torch.equal(foreground(torch.zeros_like(cars), 2.0), torch.ones(2, 1, 1, 4, 4))


def test_guidance_asks_the_network_only_what_counts():
    asked = []

    def network(x, t, spatial, temporal, c_s):
        asked.append((len(x), c_s.abs().sum((1, 2, 3, 4)) > 0))
        return 0.1 * x + spatial.mean()

    noise, said, given = torch.randn(1, 8, 8, 8, 16), torch.randn(1, 24, 128), torch.randn(1, 8, 2, 8, 16)
    for guidance, context_guidance, expected in ((1.0, 1.0, [True]), (2.0, 1.0, [True, True]), (2.0, 1.5, [True, True, False])):
        asked.clear()
        keyframes(network, noise, said, torch.zeros_like(said), 2, guidance, given, context_guidance)
        assert all(size == len(expected) and seen.tolist() == expected for size, seen in asked)


def test_cosine_table_is_variance_preserving():
    alpha, sigma = cosine(torch.arange(1000.0))
    assert torch.allclose(alpha**2 + sigma**2, torch.ones(1000))


def test_every_label_is_one_word_that_the_tokenizer_knows():
    for values in captions.LABEL_TOKENS.values():
        for word in values.values():
            ids = text.tokens([word])[0]
            assert ids[0] > 1 and ids[1:].max() == 0


def test_unknown_words_become_unknown_and_nothing_else():
    known, strange = text.tokens(["a drive at night", "a drive zzqx at night"])
    assert (strange == 1).sum() == 1 and set(known.tolist()) <= set(strange.tolist()) | {0}
