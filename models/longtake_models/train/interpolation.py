"""Trains the interpolation model: five frames at 6 or at 24 fps, the first and the last given. All layers are trained."""

import numpy as np
import torch
from torch import Tensor

from ..config import load
from ..interpolator import HIGH, LOW, WINDOW, Interpolator, straight
from ..layers import channels_last
from ..schedule import noised, over
from .latents import Latents, soiled
from .loop import Loop, Step, amp, noise

STRIDE = {LOW: 4, HIGH: 1}  # frames of 24 fps from one frame of the window to the next
OFTEN = 0.3  # share of LOW: what videos need most are the frames between 6 and 24 fps
MEASURED = 256  # windows of each label


def residual(data: Latents, rng: np.random.Generator) -> Tensor:
    """Standard deviation of what lies between two keys around the line, at LOW and at HIGH (2,)."""
    found = []
    for label in (LOW, HIGH):
        _, z = data.windows(rng, MEASURED, WINDOW, STRIDE[label])
        found.append((z - straight(z))[:, :, 1:-1].std())
    return torch.stack(found)


def context_ends(z: Tensor, rng: np.random.Generator) -> Tensor:
    """c_s (B, C+1, WINDOW, h, w): first and last frame of z, with a little noise at times, and their mask."""
    given = torch.tensor([1.0, 0, 0, 0, 1], device=z.device).view(1, 1, WINDOW, 1, 1)
    return torch.cat([given * soiled(z, rng, 0.05), given.expand(len(z), 1, WINDOW, *z.shape[3:])], 1)


def train() -> None:
    part = load()["interpolation"]
    torch.manual_seed(part["seed"])
    network, known, held_out = channels_last(Interpolator()), Latents(), Latents(held_out=True)
    network.residual.copy_(residual(known, np.random.default_rng(part["seed"])))

    def off(data: Latents, rng: np.random.Generator) -> Step:
        label = LOW if rng.random() < OFTEN else HIGH
        _, z = data.windows(rng, part["batch"], WINDOW, STRIDE[label])
        c_s = context_ends(z, rng)
        t = torch.from_numpy(rng.integers(0, 1000, (len(z), 1))).float().to(z.device).expand(-1, WINDOW)
        rate = z.new_full((len(z),), label)
        x, v = noised(z, noise(z), t)
        with amp():
            made = network(x, t, c_s, rate)
        error = ((over(network.loss_scale(t, rate)) * (made.float() - v))[:, :, 1:4] ** 2).mean()
        return error, {"low" if label == LOW else "high": error.item()}

    Loop("interpolation", network).run(lambda loop: off(known, loop.rng), judged=lambda rng: off(held_out, rng))
