"""Reuse-and-diffuse (VidRD, arXiv 2309.03549, Sec. 3), from its formulas: what the Java side is compared with.

z(i, s, j) is frame j of N of clip i before step s of S; M prompt frames, weights alpha and beta. With j' = N - 1 - j:

    frame-level noise reversion     z(i, 0, j) = z(i-1, 0, j')                                    j < M
    past-dependent noise sampling   z(i, 0, j) = alpha / sqrt(1 + alpha^2) z(i-1, 0, j') + eps    j >= M, eps ~ N(0, 1 / (1 + alpha^2))
    staged guidance                 z(i, s, j) = z(i-1, s, j')                                    j < M, s < (M - j) / M * S * beta

What the paper leaves open is as in the authors' inference code: a frame is guided before the network is asked, the sampler goes on from
the guided state, and the guided state is what the next clip is guided by. (There, M = N samples all frames as j >= M; here none.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Doubles
from .schedule import table, trailing

Denoiser = Callable[[Doubles, int], Doubles]
"""v of a state (C, N, h, w) at a time, guidance included."""


@dataclass(frozen=True)
class Rules:
    """The three rules, each of which may be switched off to see what it does."""

    prompts: int
    alpha: float
    beta: float
    reversion: bool = True  # off: frame j reuses the noise of frame j
    past: bool = True  # off: frames from M on are fresh
    staged: bool = True  # off: no state is guided

    def noise(self, before: Doubles, fresh: Doubles) -> Doubles:
        """Initial noise (C, N, h, w) of a clip, from that of the one before."""
        old = before[:, ::-1] if self.reversion else before
        alpha = self.alpha if self.past else 0.0
        mixed = (alpha * old + fresh) / np.sqrt(1 + alpha**2)
        mixed[:, : self.prompts] = old[:, : self.prompts]
        return mixed

    def guided(self, state: Doubles, before: Doubles, step: int, steps: int) -> Doubles:
        """The state (C, N, h, w) to go on from."""
        state = state.copy()
        frames = state.shape[1]
        for j in range(self.prompts if self.staged else 0):
            if step < (self.prompts - j) / self.prompts * steps * self.beta:
                state[:, j] = before[:, frames - 1 - j]
        return state


@dataclass(frozen=True)
class Clip:
    """What came of one clip: its latents (C, N, h, w), and its states before every step (S, C, N, h, w), the first of them its noise."""

    latents: Doubles
    states: Doubles


def clips(denoisers: Sequence[Denoiser], fresh: Sequence[Doubles], steps: int, rules: Rules, sampler: str = "ddim") -> list[Clip]:
    """One clip out of the other, each with its denoiser and fresh noise of its own; trailing times of the cosine schedule."""
    made: list[Clip] = []
    for denoiser, noise in zip(denoisers, fresh, strict=True):
        before = made[-1].states if made else None
        made.append(_clip(denoiser, noise if before is None else rules.noise(before[0], noise), before, steps, rules, sampler))
    return made


def _clip(denoiser: Denoiser, z: Doubles, before: Doubles | None, steps: int, rules: Rules, sampler: str) -> Clip:
    alphas, sigmas = table("cosine")
    times = trailing(steps)
    states: list[Doubles] = []
    known: list[Doubles] = []  # the clean clip as it was guessed at each step
    for s, t in enumerate(times):
        if before is not None:
            z = rules.guided(z, before[s], s, steps)
        states.append(z)
        v = denoiser(z, int(t))
        known.append(alphas[t] * z - sigmas[t] * v)
        if s == steps - 1:
            z = known[-1]
        elif sampler == "ddim":
            z = alphas[times[s + 1]] * known[-1] + sigmas[times[s + 1]] * (sigmas[t] * z + alphas[t] * v)
        else:
            z = _second_order(
                z, known, np.log(alphas[times[: s + 2]] / sigmas[times[: s + 2]]), alphas[times[s + 1]], sigmas[times[s : s + 2]]
            )
    return Clip(z, np.stack(states))


def _second_order(z: Doubles, known: Sequence[Doubles], lambdas: Doubles, alpha: float, sigmas: Doubles) -> Doubles:
    """A step of DPM-Solver++(2M): arXiv 2211.01095, algorithm 2; the first is of first order."""
    h = lambdas[-1] - lambdas[-2]
    direction = known[-1]
    if len(known) > 1:
        r = (lambdas[-2] - lambdas[-3]) / h
        direction = (1 + 1 / (2 * r)) * known[-1] - 1 / (2 * r) * known[-2]
    return sigmas[1] / sigmas[0] * z - alpha * np.expm1(-h) * direction
