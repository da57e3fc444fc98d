"""Distils the interpolation model: `calls` steps of DPM-Solver++(2M) for the TAUGHT of DDIM that its teacher takes.

A solver of second order has no second step to learn from before its last one, which gives x0: in two steps it is DDIM.
"""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from ..config import load, made
from ..interpolator import HIGH, LOW, WINDOW, Interpolator, calls
from ..layers import channels_last
from ..schedule import noised, over
from .distillation import given_frames, levels, noisy, target, way
from .interpolation import OFTEN, STRIDE, context_ends
from .latents import Latents
from .loop import Loop, Step, amp, device, noise

TAUGHT = 4  # steps of the teacher for one of the student


def steps(teacher: Callable[..., Tensor], z: Tensor, eps: Tensor, c_s: Tensor, rate: Tensor, path: Sequence[int | None]) -> Tensor:
    """The teacher's way along `path`."""

    def velocity(x: Tensor, t: int) -> Tensor:
        with amp():
            return teacher(x, x.new_full((len(x), WINDOW), t), c_s, rate).float()

    return way(velocity, z, eps, given_frames(c_s), path)


def train() -> None:
    part = load()["interpolation_student"]
    torch.manual_seed(part["seed"])
    teacher, network, known, held_out = Interpolator(), channels_last(Interpolator()), Latents(), Latents(held_out=True)
    for model in (teacher, network):
        model.load_state_dict(torch.load(made("interpolation.pt", "train interpolation"), weights_only=True))
    teacher = channels_last(teacher).to(device()).requires_grad_(False).eval()
    few, many = levels(calls()), levels(TAUGHT * calls())

    def off(data: Latents, rng: np.random.Generator) -> Step:
        label = LOW if rng.random() < OFTEN else HIGH
        _, z = data.windows(rng, part["batch"], WINDOW, STRIDE[label])
        k, c_s, eps, rate = int(rng.integers(calls())), context_ends(z, rng), noise(z), z.new_full((len(z),), label)
        t = z.new_full((len(z), WINDOW), noisy(few[k]))
        x, _ = noised(z, eps, t)
        after = steps(teacher, z, eps, c_s, rate, many[k * TAUGHT : (k + 1) * TAUGHT + 1])
        with amp():
            guess = network(x, t, c_s, rate)
        # The keys too: the sampler does not hold them, and the next step starts from what this one makes of them.
        error = ((over(network.loss_scale(t, rate)) * (guess.float() - target(x, after, few[k], few[k + 1]))) ** 2).mean()
        return error, {f"step{k}": error.item()}

    Loop("interpolation_student", network).run(lambda loop: off(known, loop.rng), judged=lambda rng: off(held_out, rng))
