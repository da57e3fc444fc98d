"""Trains the temporal layers on keyframe clips (6 fps); spatial layers and text encoder stay frozen.

Masks give 0, 1 or 2 context frames. Part "temporal" has all temporal layers; "temporal_attention" is the ablation without convolutions.
The frozen norms keep `requires_grad` (torch 2.13's CPU GroupNorm backward crashes without it); they are not given to the optimiser.
"""

import numpy as np
import torch
from torch import Tensor

from ..config import load, made
from ..denoiser import ATTENTION, BOTH, is_temporal
from ..schedule import noised
from .image import TextToVideo
from .latents import Latents, foreground, soiled
from .loop import Loop, Step, amp, noise

KEYS, STRIDE = 8, 4
GIVEN = (0.3, 0.15, 0.55)  # how often 0, 1, 2 context frames are given
APART = 0.15  # how often every frame has a timestep of its own


def context_batch(z: Tensor, given: Tensor) -> Tensor:
    """c_s (B, C+1, T, h, w): the first given[b] frames of z and their mask."""
    mask = (torch.arange(z.shape[2], device=z.device)[None] < given.to(z.device)[:, None]).float()[:, None, :, None, None]
    return torch.cat([mask * z, mask.expand(-1, 1, -1, *z.shape[3:])], 1)


def timesteps(rng: np.random.Generator, batch: int, device: torch.device) -> Tensor:
    """(B, T): one timestep a clip, sometimes one a frame."""
    one, each = rng.integers(0, 1000, (batch, 1)), rng.integers(0, 1000, (batch, KEYS))
    apart = rng.random((batch, 1)) < APART
    return torch.from_numpy((each * apart + one * ~apart).astype("float32")).to(device)


def with_image(temporal: str) -> TextToVideo:
    """A video model on the image model's weights, temporal layers at their start."""
    network = TextToVideo(temporal)
    trained = torch.load(made("image.pt", "train image"), weights_only=True)
    network.load_state_dict({k: trained[k] for k in network.state_dict() if not is_temporal(k)}, strict=False)
    return network


def train(name: str = "temporal") -> None:
    part = load()[name]
    torch.manual_seed(part["seed"])
    network, known, held_out = with_image(BOTH if name == "temporal" else ATTENTION), Latents(), Latents(held_out=True)
    moving = [p for n, p in network.named_parameters() if is_temporal(n)]
    own = {id(p) for p in moving}
    for p in network.parameters():
        p.requires_grad_(id(p) in own or p.dim() == 1)

    def off(data: Latents, rng: np.random.Generator) -> Step:
        places, z = data.windows(rng, part["batch"], KEYS, STRIDE)
        with torch.no_grad(), amp():
            text = network.text(data.prompts(rng, places)).detach()
        given = torch.from_numpy(rng.choice(3, part["batch"], p=GIVEN))
        c_s = context_batch(soiled(z, rng), given)
        t = timesteps(rng, part["batch"], z.device)
        x, v = noised(z, noise(z), t)
        with amp():
            made = network.denoiser(x, t, text, text, c_s)
        error = (foreground(data.cars(places), part["cars"]) * (made.float() - v) ** 2).mean((1, 2, 3, 4))
        free, held = error[(given == 0).to(error.device)], error[(given == 2).to(error.device)]
        return error.mean(), {f"given{k}": e.mean().item() for k, e in ((0, free), (2, held)) if len(e)}

    Loop(name, network, moving).run(lambda loop: off(known, loop.rng), judged=lambda rng: off(held_out, rng))
