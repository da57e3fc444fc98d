"""A film by the exported graphs instead of the networks, at the precision of choice."""
import os

import numpy as np
import torch
from torch import nn

from . import film, parts
from .export import place
from .precision import session, variants


class Shipped(film.Studio):
    """Studio over ONNX Runtime; variant: one of precision.variants."""

    def __init__(self, models, variant, profile="few"):
        def graph(name):
            return Run(variants(os.path.join(models, place(name)))[variant])
        self.profile, self.temporal, self.scale = film.PROFILES[profile], "both", parts.autoencoder().scale
        self.network, self.text = graph("keyframes" if profile == "few" else "keyframes_full"), graph("text_encoder")
        self.between_network, self.decoder, self.upsampler = graph("interpolate"), graph("decode"), graph("upsample")


class Run(nn.Module):
    """A graph as a network: its inputs in their order, whatever else it is told left aside."""

    def __init__(self, model):
        super().__init__()
        self.run = session(model)
        self.names = [port.name for port in self.run.get_inputs()]

    def forward(self, *inputs, **_):
        return torch.from_numpy(self.run.run(None, {n: x.contiguous().numpy() for n, x in zip(self.names, inputs)})[0])


def psnr(found, expected):
    """Peak signal-to-noise ratio in dB of frames in [-1, 1]: of the whole film, and of its worst frame."""
    squares = ((found - expected).numpy() ** 2).mean((0, 1, 3, 4))
    return tuple(float(10 * np.log10(4 / worst)) for worst in (squares.mean(), squares.max()))
