"""Trains the upsampler on patches of four consecutive frames, low resolution blurred and noised at random.

The finishing part goes on with low-resolution frames that went through the autoencoder, as they will at run time.
"""
import os

import numpy as np
import torch
import torch.nn.functional as F

from ..autoencoder import Autoencoder
from ..config import load, work
from ..schedule import cosine, noised, over
from ..layers import channels_last
from ..upsampler import Upsampler
from ..world import dataset
from .loop import Loop, amp, pixels

PATCH, FRAMES, NOISE_LEVELS = 32, 4, 12


def timesteps(batch, rng):
    """(B,) biased to where few-step sampling evaluates: the first step, the middle, and anywhere."""
    kind, spread = rng.random(batch), rng.random(batch)
    t = np.where(kind < .35, 999, np.where(kind < .7, 400 + 300 * spread, 999 * spread))
    return torch.from_numpy(np.round(t)).float()


def soften(low, rng):
    """Gaussian blur of random strength, on half of the clips: low (B, 3, T, h, w)."""
    x = torch.arange(-2, 3.0)
    out = []
    for clip in low:
        if rng.random() < 0.5:
            kernel = torch.exp(-x ** 2 / (2 * rng.uniform(.3, .75) ** 2))
            kernel = (kernel[:, None] * kernel / kernel.sum() ** 2).expand(3, 1, 5, 5)
            clip = F.conv2d(F.pad(clip.transpose(0, 1), (2, 2, 2, 2), mode="replicate"), kernel, groups=3).transpose(0, 1)
        out.append(clip)
    return torch.stack(out)


def patch(clips, lows, rng):
    """One random patch: high (3, T, 128, 128) and low (3, T, 32, 32) of the same place, mirrored at random."""
    i = rng.integers(len(clips))
    k = rng.integers(clips.shape[1] - FRAMES + 1)
    y, x = rng.integers(lows.shape[3] - PATCH + 1), rng.integers(lows.shape[4] - PATCH + 1)
    high = pixels(clips[i, k:k + FRAMES, 4 * y:4 * (y + PATCH), 4 * x:4 * (x + PATCH)])
    low = lows[i, k:k + FRAMES, :, y:y + PATCH, x:x + PATCH].float()
    if rng.random() < 0.5:
        high, low = high.flip(-1), low.flip(-1)
    return high.transpose(0, 1), low.transpose(0, 1)


@torch.no_grad()
def low_frames(clips, autoencoder=None):
    """fp16 (clips, T, 3, h, w): area-averaged frames, or their reconstruction."""
    out = []
    for clip in clips:
        low = F.avg_pool2d(pixels(clip), 4)
        if autoencoder is not None:
            with amp():
                low = autoencoder.decode(autoencoder.encode(low)).float().clamp(-1, 1)
        out.append(low.half())
    return torch.stack(out)


def train(name="upsampler"):
    c, part = load()["data"], load()[name]
    torch.manual_seed(part["seed"])
    rng, network = np.random.default_rng(part["seed"]), channels_last(Upsampler())
    clips = dataset.large()[:c["large_clips"] - c["large_held_out"]]
    sources = [low_frames(clips)]
    if name != "upsampler":
        if not os.path.exists(work(f"{name}.ckpt")):
            network.load_state_dict(torch.load(work("upsampler.pt"), weights_only=True))
        autoencoder = Autoencoder()
        autoencoder.load_state_dict(torch.load(work("autoencoder.pt"), weights_only=True))
        sources += [low_frames(clips, autoencoder)] * 3
    loop = Loop(name, network, average=0.998)

    def step():
        lows = sources[rng.integers(len(sources))]
        high, low = (torch.stack(x) for x in zip(*(patch(clips, lows, rng) for _ in range(part["batch"]))))
        if lows is sources[0]:
            low = soften(low, rng)
        level = torch.from_numpy(rng.integers(0, NOISE_LEVELS + 1, part["batch"])).float()
        alpha, sigma = (over(x, low) for x in cosine(level))
        low = alpha * low + sigma * torch.randn_like(low)
        t = timesteps(part["batch"], rng)[:, None].expand(-1, FRAMES)
        x, v = noised(high, torch.randn_like(high), t)
        with amp():
            made = network(x, t, low, level)
        loss = F.smooth_l1_loss(over(network.loss_scale(t), v) * (made.float() - v), torch.zeros(()).expand(v.shape))
        return loss, {}

    loop.run(step)
