"""Trains the judge on training clips: keyframes at 6 fps, frames at 24 fps and crops of the large clips, whole and spoilt.

What a window cannot show is not asked of it: no motion of a shuffled one, no traffic, road or motion of a crop.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..arrays import Array
from ..config import load
from ..evaluate import degrade
from ..judge import CONDITIONS, FRAMES, MODES, ORDERS, Judge
from ..world import dataset
from .loop import Loop, Step, amp, device, pixels

SHARE = (0.5, 0.25, 0.25)  # of MODES in a batch
SPOILT = (0.44, 0.14, 0.14, 0.14, 0.14)  # of ORDERS


class Windows:
    """Draws training windows with everything that is known of them."""

    def __init__(self) -> None:
        c = load()["data"]
        self.small, self.large, self.cars = dataset.small(), dataset.large(), dataset.car_counts()
        self.motion = dataset.motion()
        self.rows, self.columns = self.small.shape[2:4]
        self.beyond = self.large.shape[2] - self.rows, self.large.shape[3] - self.columns
        self.known, self.known_large = c["clips"] - c["held_out"], c["large_clips"] - c["large_held_out"]
        self.facts, self.large_facts = (
            np.array([[CONDITIONS[k].index(f[k]) for k in CONDITIONS] for f in facts]) for facts in (dataset.facts(), dataset.large_facts())
        )

    def spread(self) -> tuple[Tensor, Tensor]:
        """Mean and standard deviation of speed and curvature over the training clips, each (2,)."""
        known = np.asarray(self.motion[: self.known, :, :2]).reshape(-1, 2)
        return torch.from_numpy(np.mean(known, 0)).float(), torch.from_numpy(np.std(known, 0)).float()

    def draw(self, rng: np.random.Generator) -> tuple[Tensor, int, int, Array, Array, Array]:
        """Frames (3, 8, H, W) of small pictures, mode, order, labels (4,), motion (2,), cars (8,)."""
        mode, order = rng.choice(len(MODES), p=SHARE), rng.choice(len(ORDERS), p=SPOILT)
        at = np.arange(FRAMES) * (4 if mode == 0 else 1)
        if mode == 2:
            clip, y, x = rng.integers(self.known_large), *(rng.integers(0, more + 1) for more in self.beyond)
            at = at + rng.integers(0, self.large.shape[1] - at[-1])
        else:
            clip, at = rng.integers(self.known), at + rng.integers(0, self.small.shape[1] - at[-1])
        at = at[degrade.shuffled(FRAMES, rng)] if ORDERS[order] == "shuffled" else at
        if mode == 2:
            frames = np.ascontiguousarray(self.large[clip, at.min() : at.max() + 1, y : y + self.rows, x : x + self.columns])[at - at.min()]
            labels, motion, cars = self.large_facts[clip], np.zeros(2), np.zeros(FRAMES)
        else:
            frames, labels, motion, cars = self.small[clip][at], self.facts[clip], self.motion[clip, at, :2].mean(0), self.cars[clip, at]
        return spoil(pixels(frames).transpose(0, 1), ORDERS[order], rng), mode, order, labels, motion, cars

    def batch(self, rng: np.random.Generator, size: int) -> tuple[Tensor, ...]:
        frames, *known = zip(*(self.draw(rng) for _ in range(size)))
        mode, order, labels, motion, cars = (torch.from_numpy(np.array(k)).to(device()) for k in known)
        return torch.stack(frames).to(device()), mode, order, labels, motion.float(), cars.float()


def spoil(x: Tensor, order: str, rng: np.random.Generator) -> Tensor:
    """x (3, 8, H, W) as the class says, at a strength from hardly visible to plain; the order of frames is not ours."""
    if order == "flicker":
        return degrade.flicker(x, rng.uniform(0.02, 0.15))
    if order == "blurred":
        return degrade.blurred(x, rng.uniform(0.6, 2.0))
    return degrade.noisy(x, rng.uniform(0.03, 0.15)) if order == "noisy" else x


def mean_over(values: Tensor, where: Tensor) -> Tensor:
    return (values * where).sum() / where.sum().clamp(min=1)


def train() -> None:
    part = load()["judge"]
    torch.manual_seed(part["seed"])
    windows, network = Windows(), Judge()
    network.motion_mean, network.motion_spread = windows.spread()
    loop = Loop("judge", network)

    def step(loop: Loop) -> Step:
        frames, mode, order, labels, motion, cars = windows.batch(loop.rng, part["batch"])
        with amp():
            found = network(frames, mode)
        found = {k: v.float() for k, v in found.items()}
        whole, figures = (mode != 2).float(), {}
        moving = whole * (order != ORDERS.index("shuffled"))
        loss = F.cross_entropy(found["order"], order)
        for k, name in enumerate(CONDITIONS):
            where = whole if name in ("traffic", "road") else torch.ones_like(whole)
            loss = loss + mean_over(F.cross_entropy(found[name], labels[:, k], reduction="none"), where)
            figures[name] = mean_over((found[name].argmax(1) == labels[:, k]).float(), where).item()
        guess = (torch.stack([found["speed"], found["curvature"]], 1) - motion) / network.motion_spread
        loss = loss + 2 * mean_over(F.smooth_l1_loss(guess, torch.zeros_like(guess), reduction="none").mean(1), moving)
        loss = loss + 0.3 * mean_over(F.smooth_l1_loss(found["cars"], cars, reduction="none").mean(1), whole)
        return loss, {
            **figures,
            "order": (found["order"].argmax(1) == order).float().mean().item(),
            "speed": mean_over((found["speed"] - motion[:, 0]).abs(), moving).item(),
        }

    loop.run(step, every=50)
