"""Trains the image LDM (the spatial layers) together with the text encoder, on single frames."""

import numpy as np
import torch
from torch import nn

from ..config import load
from ..denoiser import BOTH, Denoiser, is_temporal
from ..layers import channels_last
from ..schedule import noised
from ..text import TextEncoder
from .latents import Latents, foreground
from .loop import Loop, Step, amp, noise


class TextToVideo(nn.Module):
    """Denoiser and text encoder under one roof, for the checkpoint."""

    def __init__(self, temporal: str = BOTH) -> None:
        super().__init__()
        self.denoiser, self.text = channels_last(Denoiser(temporal=temporal)), TextEncoder()


def train() -> None:
    part = load()["image"]
    torch.manual_seed(part["seed"])
    network, known, held_out = TextToVideo(), Latents(), Latents(held_out=True)
    parameters = [p for n, p in network.named_parameters() if not is_temporal(n)]

    def off(data: Latents, rng: np.random.Generator) -> Step:
        places, z = data.windows(rng, part["batch"], 1, 1)
        words = data.prompts(rng, places)
        t = torch.randint(0, 1000, (part["batch"], 1)).float().to(z.device)
        x, v = noised(z, noise(z), t)
        with amp():
            text = network.text(words)
            made = network.denoiser(x, t, text, text, moving=False)
        return (foreground(data.cars(places), part["cars"]) * (made.float() - v) ** 2).mean(), {}

    Loop("image", network, parameters).run(lambda loop: off(known, loop.rng), judged=lambda rng: off(held_out, rng))
