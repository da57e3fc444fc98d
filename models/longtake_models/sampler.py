"""Samplers over a v- or eps-model: DDIM and DPM-Solver++(2M), trailing timesteps, last step to clean.

`model(x, t)` returns the prediction at integer timestep t for the whole sample; alpha, sigma are schedule tables.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import torch
from torch import Tensor

from .arrays import Doubles
from .schedule import table, trailing

Model: TypeAlias = Callable[[Tensor, int], Tensor]


def predicted(kind: str, x: Tensor, out: Tensor, alpha: float, sigma: float) -> tuple[Tensor, Tensor]:
    """x0 and eps from a prediction of kind `v` or `eps`."""
    if kind == "v":
        return alpha * x - sigma * out, sigma * x + alpha * out
    return (x - sigma * out) / alpha, out


def ddim(
    model: Model,
    x: Tensor,
    steps: int,
    kind: str = "v",
    eta: float = 0.0,
    noise: Tensor | None = None,
    tables: tuple[Doubles, Doubles] | None = None,
    trace: list[Tensor] | None = None,
) -> Tensor:
    """DDIM; eta > 0 draws nothing: noise[i] is the noise of step i (none after the last)."""
    if eta > 0 and noise is None:
        raise ValueError(f"eta is {eta}: DDIM above 0 needs the noise of every step")
    alphas, sigmas = tables or table("cosine")
    times = trailing(steps, len(alphas))
    for i, t in enumerate(times):
        a, s = float(alphas[t]), float(sigmas[t])
        x0, eps = predicted(kind, x, model(x, int(t)), a, s)
        if i == len(times) - 1:
            x = x0
        else:
            ap, sp = float(alphas[times[i + 1]]), float(sigmas[times[i + 1]])
            jump = eta * (sp / s) * np.sqrt(max(0.0, 1 - (a / ap) ** 2))
            x = ap * x0 + np.sqrt(max(0.0, sp**2 - jump**2)) * eps
            if noise is not None and eta > 0:
                x = x + jump * noise[i]
        if trace is not None:
            trace.append(x)
    return x


def dpm2m(
    model: Model, x: Tensor, steps: int, kind: str = "v", tables: tuple[Doubles, Doubles] | None = None, trace: list[Tensor] | None = None
) -> Tensor:
    """DPM-Solver++(2M, midpoint): first and last step of order 1, the last returns x0."""
    alphas, sigmas = tables or table("cosine")
    times = trailing(steps, len(alphas))
    before, lam_before = None, None
    for i, t in enumerate(times):
        a, s = float(alphas[t]), float(sigmas[t])
        x0, _ = predicted(kind, x, model(x, int(t)), a, s)
        lam = np.log(a / s)
        if i == len(times) - 1:
            x = x0
        else:
            ap, sp = float(alphas[times[i + 1]]), float(sigmas[times[i + 1]])
            h = np.log(ap / sp) - lam
            direction = x0
            if before is not None:
                direction = x0 + 0.5 * (x0 - before) * (h / (lam - lam_before))
            x = (sp / s) * x - ap * np.expm1(-h) * direction
        before, lam_before = x0, lam
        if trace is not None:
            trace.append(x)
    return x


def context(keys: Tensor | None, frames: int, shape: Sequence[int], mask: Sequence[int] | None = None) -> Tensor:
    """c_s (B, C+1, T, h, w) from given clean frames keys (B, C, S, h, w) at positions `mask` (default: the first S)."""
    b, c, h, w = shape
    c_s = torch.zeros(b, c + 1, frames, h, w)
    if keys is not None:
        places = list(range(keys.shape[2])) if mask is None else mask
        c_s[:, :c, places] = keys
        c_s[:, c, places] = 1
    return c_s


@torch.no_grad()
def keyframes(
    network: Callable[..., Tensor],
    noise: Tensor,
    conditional: Tensor,
    unconditional: Tensor,
    steps: int = 12,
    guidance: float = 2.0,
    given: Tensor | None = None,
    context_guidance: float = 1.0,
    method: str = "dpm++2m",
) -> Tensor:
    """noise (B, C, T, h, w), embeddings (B, L, D), given (B, C, S, h, w) or None -> latents; given frames stay as they are.

    With n the empty prompt, p the prompt, - no context frames: v = (1 - g) v(n) + (g + k - 1) v(p) + (1 - k) v(p, -), g guidance, k
    context guidance (Video LDM, eq. 4); terms of weight 0 are not computed. The network sees the given frames as in training,
    alpha_t given + sigma_t noise, and not as the sampler has guessed them so far.
    """
    b, c, frames, h, w = noise.shape
    c_s = context(given, frames, (b, c, h, w))
    if given is None:
        context_guidance = 1.0
    alphas, sigmas = table("cosine")
    terms = [
        (1 - guidance, unconditional, c_s),
        (guidance + context_guidance - 1, conditional, c_s),
        (1 - context_guidance, conditional, torch.zeros_like(c_s)),
    ]
    terms = [term for term in terms if term[0] != 0]
    text, seen = torch.cat([term[1] for term in terms]), torch.cat([term[2] for term in terms])

    def held(x: Tensor, t: int) -> Tensor:
        if given is None:
            return x
        known = given.shape[2]
        return torch.cat([float(alphas[t]) * given + float(sigmas[t]) * noise[:, :, :known], x[:, :, known:]], 2)

    def model(x: Tensor, t: int) -> Tensor:
        out = network(held(x, t).repeat(len(terms), 1, 1, 1, 1), torch.full((len(text), frames), float(t)), text, text, seen)
        return sum((weight * v for (weight, _, _), v in zip(terms, out.chunk(len(terms)))), start=torch.zeros(()))

    x = (dpm2m if method == "dpm++2m" else ddim)(model, noise, steps)
    return x if given is None else torch.cat([given, x[:, :, given.shape[2] :]], 2)


@torch.no_grad()
def interpolate(network: Callable[..., Tensor], keys: Tensor, noise: Tensor, steps: int = 5, rate: float = 1.0) -> Tensor:
    """keys (1, C, K, h, w), noise (K-1, C, 5, h, w) -> (1, C, 4 (K-1), h, w): key, three between, key, three between, …"""
    ends = torch.stack([keys[0, :, :-1], keys[0, :, 1:]], 2).transpose(0, 1)  # (K-1, C, 2, h, w)
    c_s = context(ends, 5, (len(noise), *noise.shape[1:2], *noise.shape[3:]), [0, 4])
    label = torch.full((len(noise),), rate)
    x = dpm2m(lambda x, t: network(x, torch.full((len(x), 5), float(t)), c_s, label), noise, steps)
    x = torch.cat([ends[:, :, :1], x[:, :, 1:4]], 2)
    return x.transpose(0, 1).flatten(1, 2)[None]


@torch.no_grad()
def upsample(
    network: Callable[..., Tensor], low: Tensor, noise: Tensor, low_noise: Tensor, level: int, steps: int = 2, moving: bool = True
) -> Tensor:
    """low (B, 3, T, h, w) clean, noise like the output, low_noise like low -> frames (B, 3, T, 4h, 4w)."""
    alphas, sigmas = table("cosine")
    low = float(alphas[level]) * low + float(sigmas[level]) * low_noise
    at = torch.full((len(low),), float(level))
    return ddim(lambda x, t: network(x, torch.full((len(x), x.shape[2]), float(t)), low, at, moving), noise, steps)
