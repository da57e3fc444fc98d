"""Trains the image LDM (the spatial layers) together with the text encoder, on single frames."""
import torch
import torch.nn.functional as F
from torch import nn

from ..config import load
from ..denoiser import keyframe_denoiser
from ..layers import channels_last
from ..schedule import noised
from ..text import TextEncoder
from .latents import Latents
from .loop import Loop, amp


class TextToVideo(nn.Module):
    """Denoiser and text encoder under one roof, for the checkpoint."""

    def __init__(self):
        super().__init__()
        self.denoiser, self.text = channels_last(keyframe_denoiser()), TextEncoder()


def train():
    part = load()["image"]
    torch.manual_seed(part["seed"])
    network, data = TextToVideo(), Latents(part["seed"])
    parameters = [p for n, p in network.named_parameters() if ".temporal_" not in n]
    loop = Loop("image", network, parameters, average=0.998)

    def step():
        clips, z = data.windows(part["batch"], 1, 1)
        words = data.prompts(clips)
        t = torch.randint(0, 1000, (part["batch"], 1)).float()
        x, v = noised(z, torch.randn_like(z), t)
        with amp():
            text = network.text(words)
            made = network.denoiser(x, t, text, text, moving=False)
        return F.mse_loss(made.float(), v), {}

    loop.run(step)
