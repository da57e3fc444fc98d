"""Interpolation in fewer calls: what its teacher shows it, and who asks for it."""

import numpy as np
import pytest
import torch

from longtake_models import interpolator, sampler
from longtake_models.interpolator import WINDOW
from longtake_models.schedule import noised
from longtake_models.train import __main__ as train
from longtake_models.train import interpolation_student as student
from longtake_models.train.distillation import levels, noisy, target
from longtake_models.train.interpolation import context_ends

FEW, MANY = levels(2), levels(2 * student.TAUGHT)


def window(seed):
    torch.manual_seed(seed)
    z, eps = torch.randn(2, 4, WINDOW, 2, 4), torch.randn(2, 4, WINDOW, 2, 4)
    return z, eps, context_ends(z, np.random.default_rng(seed))


def test_two_steps_of_the_platforms_solver_are_two_of_ddim():
    x = torch.randn(3, 4, WINDOW, 2, 4, generator=torch.Generator().manual_seed(0))
    made = [method(lambda x, t: torch.tanh(x) * t / 500, x, 2) for method in (sampler.dpm2m, sampler.ddim)]
    assert torch.allclose(*made, atol=1e-5)


def test_the_students_timesteps_are_among_those_of_its_teacher():
    assert MANY[:: student.TAUGHT] == FEW


@pytest.mark.parametrize("k", [0, 1])
def test_a_teacher_that_knows_the_truth_leads_to_it_and_the_student_learns_its_v(k):
    z, eps, c_s = window(1)
    way = MANY[k * student.TAUGHT : (k + 1) * student.TAUGHT + 1]

    def knowing(x, t, c_s, rate):
        return noised(z, eps, t)[1]

    after = student.steps(knowing, z, eps, c_s, torch.ones(2), way)
    x, v = noised(z, eps, z.new_full((2, WINDOW), noisy(FEW[k])))
    assert torch.allclose(target(x, after, FEW[k], FEW[k + 1]), v, atol=1e-3)
    assert k == 0 or torch.allclose(after, z, atol=1e-4)


def test_keys_are_held_while_a_teacher_that_knows_nothing_steps():
    z, eps, c_s = window(2)
    after = student.steps(lambda x, t, c_s, rate: torch.zeros_like(x), z, eps, c_s, torch.ones(2), MANY)
    held = torch.isclose(after, z, atol=1e-5).flatten(3).all(1).all(-1)
    assert held.tolist() == [[True, False, False, False, True]] * 2


@pytest.mark.parametrize(("recipe", "calls"), [({}, 5), ({"interpolation_student": {"calls": 2}}, 2)])
def test_only_a_recipe_with_a_student_trains_it_and_ships_its_calls(recipe, calls, monkeypatch):
    for module in (interpolator, train):
        monkeypatch.setattr(module, "load", lambda: recipe)
    assert interpolator.calls() == calls
    assert ("interpolation_student" in train.wanted(train.PARTS)) == bool(recipe)
