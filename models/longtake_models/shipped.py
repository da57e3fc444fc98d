"""A video by the exported graphs instead of the networks, at the precision of choice."""

from pathlib import Path

import numpy as np
import torch
from onnx import ModelProto
from torch import Tensor, nn

from . import parts, pipeline
from .export import place
from .interpolator import calls
from .precision import session, variants


class Shipped(pipeline.Pipeline):
    """The pipeline over ONNX Runtime; variant: one of precision.variants."""

    def __init__(self, models: Path, variant: str, profile: pipeline.ProfileName = "few") -> None:
        def graph(name: str) -> Run:
            return Run(variants(models / place(name))[variant])

        self.profile, self.temporal, self.scale = pipeline.PROFILES[profile], "both", parts.autoencoder().scale
        self.network, self.text = graph("keyframes" if profile == "few" else "keyframes_full"), graph("text_encoder")
        self.between_network, self.decoder, self.upsampler = graph("interpolate"), graph("decode"), graph("upsample")
        self.between_calls = calls()


class Run(nn.Module):
    """A graph as a network: its inputs in their order, whatever else it is told left aside."""

    def __init__(self, model: ModelProto | Path) -> None:
        super().__init__()
        self.run = session(model)
        self.names = [port.name for port in self.run.get_inputs()]

    def forward(self, *inputs: Tensor, **_: object) -> Tensor:
        return torch.from_numpy(self.run.run(None, {n: x.contiguous().numpy() for n, x in zip(self.names, inputs)})[0])


def psnr(found: Tensor, expected: Tensor) -> tuple[float, float]:
    """Peak signal-to-noise ratio in dB of frames in [-1, 1]: of the whole video, and of its worst frame."""
    squares = ((found - expected).numpy() ** 2).mean((0, 1, 3, 4))
    return float(10 * np.log10(4 / squares.mean())), float(10 * np.log10(4 / squares.max()))
