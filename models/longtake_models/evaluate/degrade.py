"""What can be wrong with a clip, on purpose: for the judge to learn and for the controls of its distance.

Each takes x (..., 3, T, H, W) in [-1, 1] and draws from `generator` (None: torch's own).
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..arrays import Integers


def flicker(x: Tensor, strength: float, generator: torch.Generator | None = None) -> Tensor:
    """Every frame gets its own gain and its own coarse stain of colour, as latents that jump from frame to frame do."""
    frames, (rows, columns) = x.shape[-3], x.shape[-2:]
    stain = torch.randn(3 * frames, 1, rows // 8, columns // 8, generator=generator)
    stain = F.interpolate(stain, (rows, columns), mode="bilinear").view(3, frames, rows, columns).to(x.device)
    gain = (1 + 0.5 * strength * torch.randn(frames, 1, 1, generator=generator)).to(x.device)
    return ((x + 1) * gain - 1 + strength * stain).clamp(-1, 1)


def noisy(x: Tensor, strength: float, generator: torch.Generator | None = None) -> Tensor:
    """White noise in every frame."""
    return (x + strength * torch.randn(x.shape, generator=generator).to(x.device)).clamp(-1, 1)


def blurred(x: Tensor, sigma: float) -> Tensor:
    """A Gaussian of `sigma` pixels over every frame."""
    way = torch.arange(-4, 5, dtype=torch.float32, device=x.device)
    kernel = torch.exp(-0.5 * (way / sigma) ** 2)
    kernel = (kernel / kernel.sum()).view(1, 1, 1, 9)
    flat = F.pad(x.reshape(-1, 1, *x.shape[-2:]), (4, 4, 4, 4), mode="replicate")
    return F.conv2d(F.conv2d(flat, kernel), kernel.transpose(2, 3)).view(x.shape)


def shuffled(frames: int, rng: np.random.Generator) -> Integers:
    """A wrong order of the indices 0 … frames - 1."""
    while True:
        order = rng.permutation(frames)
        if (order != range(frames)).any():
            return order
