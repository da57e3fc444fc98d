"""Progressive distillation (Salimans and Ho, 2202.00512): one step of the student for several of the teacher.

From a real clip noised to one of the student's timesteps the teacher takes its steps to the next one; the student learns the one v that
gets there. Frames that are given are held on their way, as they would be if they were known.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeAlias

import torch
from torch import Tensor

from ..schedule import cosine, trailing

Velocity: TypeAlias = Callable[[Tensor, int], Tensor]  # v of a noisy sample at a timestep


def levels(count: int) -> list[int | None]:
    """Timesteps of a sampler of `count` steps; None stands for clean."""
    return [int(t) for t in trailing(count)] + [None]


def coefficients(t: int | None) -> tuple[float, float]:
    """alpha, sigma at a timestep; clean is 1, 0."""
    if t is None:
        return 1.0, 0.0
    alpha, sigma = cosine(torch.tensor(float(t), dtype=torch.float64))
    return float(alpha), float(sigma)


def noisy(t: int | None) -> int:
    """A timestep that is not clean."""
    if t is None:
        raise ValueError("a network is asked about noise, and None is clean")
    return t


def given_frames(c_s: Tensor) -> Tensor:
    """bool (B, 1, T, h, w): the mask in c_s."""
    return c_s[:, -1:].bool()


@torch.no_grad()
def way(velocity: Velocity, z: Tensor, eps: Tensor, known: Tensor, path: Sequence[int | None]) -> Tensor:
    """DDIM from alpha z + sigma eps along the timesteps of `path`; frames that are `known` stay those of z."""
    a, s = coefficients(path[0])
    x = a * z + s * eps
    for t, after in pairwise(path):
        a, s = coefficients(t)
        b, r = coefficients(after)
        v = velocity(x, noisy(t))
        x = torch.where(known, b * z + r * eps, b * (a * x - s * v) + r * (s * x + a * v))
    return x


def target(x: Tensor, after: Tensor, t: int | None, end: int | None) -> Tensor:
    """The v at timestep t that one DDIM step turns x into `after` at timestep `end` with."""
    a, s = coefficients(t)
    b, r = coefficients(end)
    clean = (after - r / s * x) / (b - r / s * a)
    return (a * x - clean) / s
