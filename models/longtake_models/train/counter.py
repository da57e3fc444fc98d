"""Trains the car counter on rendered frames and on frames that went through encoder and video decoder; exports it.

The held-out clips were seen by no part; its accuracy on them lies beside the graph.
"""

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from .. import export, parts
from ..arrays import Array, Integers, Pictures, Truths
from ..config import load, made
from ..counter import CarCounter
from ..pipeline import picture
from ..whole import write_json
from ..world import dataset
from .loop import Loop, Step, amp, device, pixels

FROM_EACH = 5
log = logging.getLogger(__package__)


@torch.no_grad()
def decoded(clips: Iterable[int], rng: np.random.Generator | None = None) -> tuple[Pictures, Integers]:
    """uint8 frames (N, H, W, 3) of latent runs of the clips, with clip and frame indices."""
    z, scale, decoder = (
        torch.from_numpy(np.load(made("latents.npy", "train autoencoder"))),
        parts.autoencoder().scale,
        parts.video_decoder(),
    )
    frames, where = [], []
    for i in clips:
        k = int(rng.integers(0, z.shape[1] - FROM_EACH)) if rng is not None else 20
        latent = z[i, k : k + FROM_EACH].float().transpose(0, 1)[None]
        with amp():
            y = decoder(latent / scale)[0].float()
        frames.append(picture(y.transpose(0, 1)))
        where += [(i, k + j) for j in range(FROM_EACH)]
    return np.concatenate(frames), np.array(where)


@torch.no_grad()
def judge(network: CarCounter, frames: Pictures, cars: Array, night: Truths) -> dict[str, float]:
    """Figures over uint8 frames with true counts and nights."""
    counted, dark = network(pixels(frames))
    error = counted.numpy() - cars
    return {
        "frames": len(cars),
        "meanAbsoluteError": round(float(np.abs(error).mean()), 3),
        "exact": round(float((np.round(counted.numpy()) == cars).mean()), 3),
        "withinOne": round(float((np.abs(np.round(counted.numpy()) - cars) <= 1).mean()), 3),
        "crowdedOrEmpty": round(float(((counted.numpy() > 2) == (cars > 2)).mean()), 3),
        "night": round(float(((dark.numpy() > 0.5) == night).mean()), 3),
    }


def train(out: Path) -> None:
    """out: the folder that the instrument goes to."""
    c, part = load()["data"], load()["counter"]
    torch.manual_seed(part["seed"])
    rng, data, counts = np.random.default_rng(part["seed"]), dataset.small(), dataset.car_counts()
    night = np.array([f["timeOfDay"] == "night" for f in dataset.facts()])
    known = c["clips"] - c["held_out"]
    remade, where = decoded(range(known), rng)
    network = CarCounter()

    def step(loop: Loop) -> Step:
        rng, half = loop.rng, part["batch"] // 2
        i, k, j = rng.integers(0, known, half), rng.integers(0, c["frames"], half), rng.integers(0, len(where), half)
        x = pixels(np.concatenate([np.stack([data[a, b] for a, b in zip(i, k)]), remade[j]]))
        at = np.concatenate([np.stack([i, k], 1), where[j]])
        cars = torch.from_numpy(counts[at[:, 0], at[:, 1]]).float()
        dark = torch.from_numpy(night[at[:, 0]]).float()
        flip = torch.from_numpy(rng.random(len(x)) < 0.5)
        x = torch.where(flip[:, None, None, None], x.flip(-1), x) + rng.uniform(0, 0.03) * torch.randn_like(x)
        made, guess = network(x.to(device()))
        cars, dark = cars.to(device()), dark.to(device())
        return F.smooth_l1_loss(made, cars) + 0.3 * F.binary_cross_entropy(guess, dark), {}

    Loop("counter", network, average=0.99).run(step, every=200)
    network = network.cpu()
    ship(network, data, counts, night, range(known, c["clips"]), out)


def ship(network: CarCounter, data: Pictures, counts: Integers, night: Truths, held: Sequence[int], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    parts.rounded(network)
    path, (rows, columns) = out / "car-counter.onnx", data.shape[2:4]
    export.write(network, {"frames": torch.zeros(2, 3, rows, columns)}, {"frames": {0: "B"}}, ["cars", "night"], path)
    real = np.stack([data[i, k] for i in held for k in range(0, data.shape[1], 6)])
    at = np.array([(i, k) for i in held for k in range(0, data.shape[1], 6)])
    remade, where = decoded(held)
    figures = {
        "rendered": judge(network, real, counts[at[:, 0], at[:, 1]], night[at[:, 0]]),
        "autoencoded": judge(network, remade, counts[where[:, 0], where[:, 1]], night[where[:, 0]]),
    }
    about = {
        "file": path.name,
        "bytes": path.stat().st_size,
        "input": f"frames (B,3,{rows},{columns}) in [-1,1]",
        "outputs": "cars (B): expected number of visible cars; night (B): probability",
        "crowded": "more than 2 cars",
        "heldOutClips": len(held),
        "figures": figures,
    }
    write_json(out / "car-counter.json", about, indent=1)
    log.info("%s", figures)
