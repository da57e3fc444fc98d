"""`python -m longtake_models.figures`: measures every part on held-out clips, and generated films; writes figures.json.

Run it before the last export, which copies the figures into model.json.
"""
import json

import numpy as np
import torch
import torch.nn.functional as F

from . import parts, sampler
from .config import load, work
from .counter import CarCounter
from .film import BETWEEN, LEVEL, Studio
from .train.loop import pixels
from .world import dataset

SEEDS, SEGMENTS = 2, 3
ASKED = {"empty": "driving on an empty road", "crowded": "driving in heavy traffic",
         "day": "driving by day", "night": "a drive at night"}


def psnr(made, real):
    """Mean over pictures (…, 3, H, W) of each picture's own PSNR."""
    return float((-10 * torch.log10(((made.clamp(-1, 1) - real) ** 2).mean((-1, -2, -3)) / 4)).mean())


def edges(x):
    return float((x[..., 1:] - x[..., :-1]).abs().mean() + (x[..., 1:, :] - x[..., :-1, :]).abs().mean())


@torch.no_grad()
def reconstruction(studio):
    """Image decoder against video decoder on held-out clips of 16 consecutive frames; motion = error of frame differences."""
    data, found = dataset.small(), {}
    encoder = parts.autoencoder()
    real = torch.stack([pixels(data[i, :16]) for i in range(len(data) - 40, len(data), 5)])
    z = torch.stack([encoder.encode(x) for x in real])
    for name, made in (("image", torch.stack([encoder.decode(x) for x in z])),
                       ("video", torch.cat([studio.frames(x.transpose(0, 1)[None]).transpose(1, 2) for x in z]))):
        found[f"{name}DecoderPsnr"] = psnr(made, real)
        found[f"{name}DecoderMotionError"] = float(((made[:, 1:] - made[:, :-1]) - (real[:, 1:] - real[:, :-1])).abs().mean())
    return found, z.transpose(1, 2)


@torch.no_grad()
def interpolation(studio, z):
    """Latent error of the frames between keys of real clips, against the straight line between the keys. z (N, 8, 16, h, w)."""
    keys, error, straight = z[:, :, :13:4], [], []
    for n in range(len(z)):
        made = sampler.interpolate(studio.between, keys[n:n + 1], torch.randn(3, 8, 5, 8, 16), BETWEEN)[0]
        for k in range(12):
            if k % 4:
                a, b, w = z[n, :, k - k % 4], z[n, :, k - k % 4 + 4], (k % 4) / 4
                error.append(float(((made[:, k] - z[n, :, k]) ** 2).mean()))
                straight.append(float((((1 - w) * a + w * b - z[n, :, k]) ** 2).mean()))
    return {"interpolationLatentMse": np.mean(error), "straightLineLatentMse": np.mean(straight)}


@torch.no_grad()
def upsampling(studio):
    """Held-out large clips from exact low-resolution frames; edges = mean gradient over that of the real frames."""
    c, found = load()["data"], {}
    real = torch.stack([pixels(x) for x in dataset.large()[-c["large_held_out"]::3]])
    low = F.avg_pool2d(real.flatten(0, 1), 4)
    large = {"bilinear": F.interpolate(low, scale_factor=4, mode="bilinear").view(real.shape)}
    low = low.view(*real.shape[:2], *low.shape[1:]).transpose(1, 2)
    for steps in (1, 2, 3):
        large[f"upsampler{steps}"] = torch.cat([sampler.upsample(
            studio.upsampler, x[None], torch.randn(1, 3, 8, 256, 512), torch.randn(1, 3, 8, 64, 128), LEVEL, steps) for x in low]).transpose(1, 2)
    for name, made in large.items():
        found[f"{name}Psnr"], found[f"{name}Edges"] = psnr(made, real), edges(made.clamp(-1, 1)) / edges(real)
    return found


@torch.no_grad()
def films(studio):
    """Does a film show what its prompt says, do segments join, does it drift? Counted by the car counter."""
    counter, found = parts.rounded(CarCounter()), {}
    counter.load_state_dict(torch.load(work("counter.pt"), weights_only=True))
    joins, drift = [], []
    for name, prompt in ASKED.items():
        cars, dark, light = [], [], []
        for seed in range(SEEDS):
            y = studio.frames(studio.keys(prompt, SEGMENTS, 100 + seed))
            n, d = counter(y[0].transpose(0, 1))
            cars.append(float(n.mean()))
            dark.append(float(d.mean()))
            light.append(float((y + 1).mean() / 2))
            steps = (y[:, :, 1:] - y[:, :, :-1]).abs().mean((0, 1, 3, 4))
            seams = [7 + 6 * s for s in range(SEGMENTS - 1)]          # from the last given key to the first new one
            rest = [i for i in range(len(steps)) if i not in seams]
            joins.append(float(steps[seams].mean() / steps[rest].mean()))
            drift.append(float((y[:, :, -6:].mean() - y[:, :, :6].mean()) / 2))
        found[name] = {"prompt": prompt, "cars": round(np.mean(cars), 2), "night": round(np.mean(dark), 2),
                       "brightness": round(np.mean(light), 3)}
    return {"films": found, "joinRatio": np.mean(joins), "brightnessDrift": np.mean(np.abs(drift))}


def main():
    torch.manual_seed(21)
    studio = Studio()
    found, z = reconstruction(studio)
    found |= interpolation(studio, z) | upsampling(studio) | films(studio)
    found = {k: round(float(v), 4) if not isinstance(v, dict) else v for k, v in found.items()}
    with open(work("figures.json"), "w") as f:
        json.dump(found, f, indent=1)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
