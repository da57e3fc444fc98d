"""Noise schedules, t in 0..999: x_t = alpha(t) x0 + sigma(t) eps, v = alpha eps - sigma x0.

The shipped models use `cosine`: u = pi/2 (offset + (1 - 2 offset) t / 999), alpha = cos u, sigma = sin u.
"""

import math

import numpy as np
import torch
from torch import Tensor

from .arrays import Doubles, Integers

STEPS = 1000
OFFSET = 0.003


def cosine(t: Tensor) -> tuple[Tensor, Tensor]:
    """alpha, sigma of a tensor of (possibly fractional) timesteps; traceable, so graphs may hold it."""
    u = (math.pi / 2) * (OFFSET + (1 - 2 * OFFSET) * t / (STEPS - 1))
    return torch.cos(u), torch.sin(u)


def table(
    kind: str, start: float = 0.00085, end: float = 0.012, zero_snr: bool = False, offset: float = OFFSET, steps: int = STEPS
) -> tuple[Doubles, Doubles]:
    """float64 alpha, sigma (steps,) of `linear`, `scaled_linear` (betas start..end) or `cosine`.

    zero_snr: rescaled so that alpha[last] = 0 (Lin et al. 2305.08891, algorithm 1); not for cosine.
    """
    if kind == "cosine":
        u = (np.pi / 2) * (offset + (1 - 2 * offset) * np.arange(steps) / (steps - 1))
        return np.cos(u), np.sin(u)
    betas = np.linspace(start, end, steps) if kind == "linear" else np.linspace(start**0.5, end**0.5, steps) ** 2
    alpha = np.sqrt(np.cumprod(1 - betas))
    if zero_snr:
        alpha = (alpha - alpha[-1]) * alpha[0] / (alpha[0] - alpha[-1])
    return alpha, np.sqrt(1 - alpha**2)


def trailing(count: int, steps: int = STEPS) -> Integers:
    """The timesteps of a sampler of `count` steps, from the noisiest: round(arange(steps, 0, -steps/count)) - 1."""
    return (np.round(np.arange(count, 0, -1) * (steps / count)) - 1).astype(np.int64)


def over(coefficient: Tensor) -> Tensor:
    """A coefficient (B,) or (B, T) as it is multiplied with (B, C, T, h, w)."""
    if coefficient.dim() == 1:
        return coefficient.view(-1, 1, 1, 1, 1)
    return coefficient[:, None, :, None, None]


def noised(x0: Tensor, eps: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
    """x_t and v of x0, eps (B, C, T, h, w) at t (B,) or (B, T)."""
    alpha, sigma = (over(c) for c in cosine(t))
    return alpha * x0 + sigma * eps, alpha * eps - sigma * x0
