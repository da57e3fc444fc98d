"""Trains the temporal layers on keyframe clips (6 fps); spatial layers and text encoder stay frozen.

Masks give 0, 1 or 2 context frames. The frozen norms keep `requires_grad` (torch 2.13's CPU GroupNorm backward
crashes without it); they are not given to the optimiser.
"""
import os

import numpy as np
import torch
import torch.nn.functional as F

from ..config import load, work
from ..schedule import noised
from .image import TextToVideo
from .latents import Latents, soiled
from .loop import Loop, amp

KEYS, STRIDE = 8, 4
GIVEN = (0.3, 0.15, 0.55)      # how often 0, 1, 2 context frames are given


def context_batch(z, given):
    """c_s (B, C+1, T, h, w): the first given[b] frames of z and their mask."""
    mask = (torch.arange(z.shape[2])[None] < given[:, None]).float()[:, None, :, None, None]
    return torch.cat([mask * z, mask.expand(-1, 1, -1, *z.shape[3:])], 1)


def train():
    part = load()["temporal"]
    torch.manual_seed(part["seed"])
    network, data = TextToVideo(), Latents(part["seed"])
    if not os.path.exists(work("temporal.ckpt")):
        network.load_state_dict(torch.load(work("image.pt"), weights_only=True))
    moving = [p for n, p in network.named_parameters() if ".temporal_" in n]
    own = {id(p) for p in moving}
    for p in network.parameters():
        p.requires_grad_(id(p) in own or p.dim() == 1)
    loop = Loop("temporal", network, moving, average=0.998)

    def step():
        clips, z = data.windows(part["batch"], KEYS, STRIDE)
        with torch.no_grad(), amp():
            text = network.text(data.prompts(clips)).detach()
        given = torch.from_numpy(data.rng.choice(3, part["batch"], p=GIVEN))
        c_s = context_batch(soiled(z, data.rng), given)
        t = torch.from_numpy(data.rng.integers(0, 1000, (part["batch"], 1))).float().expand(-1, KEYS)
        x, v = noised(z, torch.randn_like(z), t)
        with amp():
            made = network.denoiser(x, t, text, text, c_s)
        error = ((made.float() - v) ** 2).mean((1, 2, 3, 4))
        free, held = error[given == 0], error[given == 2]
        figures = {f"given{k}": e.mean().item() for k, e in ((0, free), (2, held)) if len(e)}
        return error.mean(), figures

    loop.run(step)
