"""The golden input of every graph: small, from one seed, and kept beside the graph with what the network makes of it in fp32.

An engine shows with it that it computes this graph, before anybody trusts its frames (`bounds` in model.json).
"""

from pathlib import Path

import torch
from safetensors.torch import save
from torch import Tensor, nn

from . import text
from .latent_space import latent_space, upsampling

SEED = 16
PROMPT = "a drive at night in heavy traffic"
SUFFIX = ".golden.safetensors"


def inputs(name: str) -> dict[str, Tensor]:
    """The inputs of a graph by name, a batch of one."""
    torch.manual_seed(SEED)
    r, (c, *cells) = torch.randn, latent_space().shape

    def over_time(frames: int, channels: int = c) -> Tensor:
        return r(1, channels, frames, *cells)

    def times(frames: int) -> Tensor:
        return torch.linspace(0, 999, frames).round()[None]

    if name == "text_encoder":
        return {"tokens": text.tokens([PROMPT])}
    if name.startswith("keyframes"):
        return {
            "sample": over_time(8),
            "timestep": times(8),
            "ctx_spatial": r(1, text.LENGTH, text.WIDTH),
            "ctx_temporal": r(1, text.LENGTH, text.WIDTH),
            "c_s": over_time(8, c + 1),
        }
    if name == "interpolate":
        return {"sample": over_time(5), "timestep": times(5), "c_s": over_time(5, c + 1), "rate": torch.ones(1)}
    if name == "decode":
        return {"latent": over_time(2)}
    if name == "upsample":
        low = (32 // upsampling(), 48 // upsampling())
        return {"sample": r(1, 3, 2, 32, 48), "timestep": times(2), "low": r(1, 3, 2, *low), "noise_level": torch.full((1,), 5.0)}
    raise ValueError(f"no golden input for a graph named {name}")


@torch.no_grad()
def write(name: str, network: nn.Module, output: str, path: Path) -> None:
    """Inputs and fp32 output as safetensors, by their names in the graph."""
    given = inputs(name)
    path.write_bytes(save({k: v.contiguous() for k, v in {**given, output: network(**given)}.items()}))
