"""Trains the detector on rendered frames, whole, blurred and noisy, for the frames that it will be asked about are generated."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..arrays import Floats
from ..config import load
from ..detector import Detector, boxes, overlap
from ..evaluate import degrade
from ..world import dataset
from .loop import Loop, Step, amp, device, pixels

FOCUS = 2  # of the focal loss: cells without a car are many and easy
SOFT = 0.6  # cells: spread of how little a cell beside the centre is blamed
BLURRED, NOISY = 0.4, 0.3  # how often
HIT = 0.5  # overlap from which on a box is found


def wanted(cars: list[Floats], rows: int, columns: int) -> tuple[Tensor, Tensor]:
    """Boxes of each frame -> answer (B, 5, rows, columns), its first channel 1 where a centre is, and less around; and where, bool."""
    answer, centres = torch.zeros(len(cars), 5, rows, columns), torch.zeros(len(cars), rows, columns, dtype=torch.bool)
    down, right = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
    for n, each in enumerate(cars):
        for x0, y0, x1, y1 in each[::-1, :4].tolist():  # the nearest last: two centres in one cell are the nearer car's
            x, y = (x0 + x1) / 2 * columns, (y0 + y1) / 2 * rows
            i, j = min(int(y), rows - 1), min(int(x), columns - 1)
            near = torch.exp(-((down - i) ** 2 + (right - j) ** 2) / (2 * SOFT**2))
            answer[n, 0] = torch.maximum(answer[n, 0], near)
            answer[n, 1:, i, j] = torch.tensor([x - j, y - i, np.log(x1 - x0), np.log(y1 - y0)])
            centres[n, i, j] = True
    return answer, centres


def loss(made: Tensor, answer: Tensor, centres: Tensor) -> Tensor:
    """Focal loss of the centres (CornerNet, 1808.01244) and L1 of their boxes, both a car."""
    likely, count = made[:, 0].sigmoid().clamp(1e-4, 1 - 1e-4), centres.sum().clamp(min=1)
    hit = (1 - likely) ** FOCUS * likely.log() * centres
    clear = (1 - answer[:, 0]) ** 4 * likely**FOCUS * (1 - likely).log() * ~centres
    apart = F.l1_loss(made[:, 1:], answer[:, 1:], reduction="none").sum(1) * centres
    return (apart.sum() - hit.sum() - clear.sum()) / count


def seen(made: Tensor, cars: list[Floats]) -> dict[str, float]:
    """Share of true cars that are found, share of found ones that are true, and mean overlap of those."""
    best = [(overlap(found, true), len(found), len(true)) for found, true in zip(boxes(made.detach().float().cpu()), cars)]
    hits = [each.max(0) for each, found, true in best if found and true]
    right = np.concatenate([*hits, np.zeros(0, np.float32)])
    right = right[right >= HIT]
    return {
        "found": len(right) / max(1, sum(true for *_, true in best)),
        "true": len(right) / max(1, sum(found for _, found, _ in best)),
        "overlap": float(right.mean()) if len(right) else 0.0,
    }


def train() -> None:
    c, part, data = load()["data"], load()["detector"], dataset.small()
    torch.manual_seed(part["seed"])
    network, known = Detector(), c["clips"] - c["held_out"]
    batch: int = part["batch"]
    frames = np.array(dataset.stills() or range(c["frames"]))

    def off(rng: np.random.Generator, first: int, end: int, whole: bool) -> tuple[Tensor, Tensor, list[Floats]]:
        """Answer, loss and true boxes of a batch."""
        i, k = rng.integers(first, end, batch), frames[rng.integers(0, len(frames), batch)]
        x, cars = pixels(np.stack([data[a, b] for a, b in zip(i, k)])), dataset.boxes_of(i, k)
        if not whole:
            x = torch.stack([spoilt(each, rng) for each in x])
            for n in np.flatnonzero(rng.random(len(x)) < 0.5):
                x[n], cars[n] = x[n].flip(-1), mirrored(cars[n])
        with amp():
            made = network(x.to(device()))
        answer, centres = (each.to(device()) for each in wanted(cars, *made.shape[2:]))
        return made, loss(made.float(), answer, centres), cars

    def step(loop: Loop) -> Step:
        return off(loop.rng, 0, known, False)[1], {}

    def judged(rng: np.random.Generator) -> Step:
        made, missed, cars = off(rng, known, c["clips"], True)
        return missed, seen(made, cars)

    Loop("detector", network, average=0.99).run(step, every=100, judged=judged)


def spoilt(picture: Tensor, rng: np.random.Generator) -> Tensor:
    """(3, H, W), at times blurred, at times noisy."""
    clip = picture[:, None]
    if rng.random() < BLURRED:
        clip = degrade.blurred(clip, rng.uniform(0.4, 1.6))
    if rng.random() < NOISY:
        clip = degrade.noisy(clip, rng.uniform(0.01, 0.06))
    return clip[:, 0]


def mirrored(cars: Floats) -> Floats:
    """Boxes of a picture whose left is right."""
    turned = cars.copy()
    turned[:, 0], turned[:, 2] = 1 - cars[:, 2], 1 - cars[:, 0]
    return turned
