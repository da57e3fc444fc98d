"""Latent clips with fresh captions: what the latent models are trained on."""

import functools
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import torch
from torch import Tensor

from ..arrays import Array
from ..config import load, made
from ..text import UNK, tokens
from ..world import captions, dataset
from .loop import device, noise

Place: TypeAlias = tuple[int, slice]  # a clip, and which of its frames

STRANGERS = (
    "cinematic 4k beautiful please lovely high quality zxq dog mountain 1999 style realistic smooth "
    "generate make with a the of very nice and"
).split()
NOTHING, LABEL = 0.1, 0.25  # how often a clip gets no words at all, and how often a label is told as its own token


class Latents:
    """Random windows of the training clips, or of the held-out ones."""

    def __init__(self, held_out: bool = False) -> None:
        c = load()["data"]
        known: int = c["clips"] - c["held_out"]
        self.z = torch.from_numpy(np.load(made("latents.npy", "train autoencoder")))
        self.facts = dataset.facts()
        self.first, self.end = (known, int(c["clips"])) if held_out else (0, known)

    def windows(self, rng: np.random.Generator, batch: int, frames: int, stride: int) -> tuple[list[Place], Tensor]:
        """Places [(clip, its frames)] and latents there (B, C, frames, h, w), every `stride`-th frame."""
        clips = rng.integers(self.first, self.end, batch)
        first = rng.integers(0, self.z.shape[1] - (frames - 1) * stride, batch)
        places = [(i, slice(k, k + (frames - 1) * stride + 1, stride)) for i, k in zip(clips, first)]
        z = torch.stack([self.z[place] for place in places])
        return places, z.float().transpose(1, 2).to(device())

    def cars(self, places: Sequence[Place]) -> Tensor:
        """bool (B, 1, frames, h, w): the cells that cars touch."""
        return torch.stack([self._cells[place] for place in places])[:, None].to(device())

    @functools.cached_property
    def _cells(self) -> Tensor:
        return car_cells(dataset.car_boxes(), *self.z.shape[-2:])

    def prompts(self, rng: np.random.Generator, places: Sequence[Place]) -> Tensor:
        """int64 tokens (B, L): a new caption for each place, sometimes with labels, with strange words, or empty."""
        return tokens([self._prompt(rng, self.facts[i]) for i, _ in places]).to(device())

    def _prompt(self, rng: np.random.Generator, facts: dict[str, str]) -> str:
        if rng.random() < NOTHING:
            return ""
        words = captions.caption(facts, rng).split()
        while rng.random() < 0.3:
            words.insert(rng.integers(len(words) + 1), STRANGERS[rng.integers(len(STRANGERS))])
        words = [UNK if rng.random() < 0.03 else w for w in words]
        told = [captions.LABEL_TOKENS[name][value] for name, value in facts.items() if rng.random() < LABEL]
        return " ".join(told + words if rng.random() < 0.5 else words + told)


def soiled(z: Tensor, rng: np.random.Generator, most: float = 0.2) -> Tensor:
    """Context frames as generated ones are: with a little noise, on two clips of three. z (B, …)."""
    level = torch.from_numpy(np.where(rng.random(len(z)) < 0.67, rng.uniform(0, most, len(z)), 0)).float().to(z.device)
    return z + level.view(-1, *[1] * (z.dim() - 1)) * noise(z)


def foreground(cars: Tensor, more: float) -> Tensor:
    """Weight of every cell in a loss, mean 1: one that a car touches weighs 1 + more of another.

    Cars are small, and a plain mean leaves them out where it is not sure of them: of the frames asked for "light traffic" three in ten
    came without a car, of rendered ones one in a hundred (the foreground re-weighting of GeoDiffusion, 2306.04607).
    """
    weight = 1 + more * cars.float()
    return weight / weight.mean()


def car_cells(boxes: Array, height: int, width: int) -> Tensor:
    """Boxes (clips, frames, n, 4) x0, y0, x1, y1 in 0..1, all 0 if none -> bool (clips, frames, height, width): what cars touch."""
    x0, y0, x1, y1 = (boxes[..., k, None] for k in range(4))  # (clips, frames, n, 1)
    rows, columns = np.arange(height), np.arange(width)
    high = (rows + 1 > y0 * height) & (rows < y1 * height)
    wide = (columns + 1 > x0 * width) & (columns < x1 * width)
    return torch.from_numpy((high[..., None] & wide[..., None, :]).any(2))
