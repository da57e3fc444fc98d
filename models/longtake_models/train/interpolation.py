"""Trains the interpolation model: five consecutive frames at 24 fps, the first and the last given. All layers are trained."""
import torch

from ..config import load
from ..interpolator import WINDOW, Interpolator
from ..layers import channels_last
from ..schedule import noised, over
from .latents import Latents, soiled
from .loop import Loop, amp


def train():
    part = load()["interpolation"]
    torch.manual_seed(part["seed"])
    network, data = channels_last(Interpolator()), Latents(part["seed"])
    loop = Loop("interpolation", network, average=0.998)
    mask = torch.tensor([1.0, 0, 0, 0, 1]).view(1, 1, WINDOW, 1, 1)

    def step():
        _, z = data.windows(part["batch"], WINDOW, 1)
        c_s = torch.cat([mask * soiled(z, data.rng, 0.05), mask.expand(len(z), 1, WINDOW, *z.shape[3:])], 1)
        t = torch.from_numpy(data.rng.integers(0, 1000, (part["batch"], 1))).float().expand(-1, WINDOW)
        x, v = noised(z, torch.randn_like(z), t)
        with amp():
            made = network(x, t, c_s)
        error = over(network.loss_scale(t), v) * (made.float() - v)
        return (error[:, :, 1:4] ** 2).mean(), {}

    loop.run(step)
