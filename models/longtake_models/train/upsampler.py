"""Trains the upsampler on patches; low resolution exact and blurred, or out of the autoencoder as at run time; noised at random.

First the spatial layers on single frames (part "upsampler_image"), then, these frozen, the temporal layers on FRAMES consecutive frames
(part "upsampler"). The image model makes as many frames of the second part's kind as it has steps, so that the two can be compared.
Where the recipe gives it a weight (`perceptual`), what a network that knows photographs finds apart between the clean picture that a step
points to and the true one counts too.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..arrays import Pictures
from ..autoencoder import Autoencoder
from ..config import load, made
from ..denoiser import is_temporal
from ..latent_space import upsampling
from ..layers import channels_last
from ..photographs import perceptual
from ..schedule import cosine, noised, over
from ..upsampler import Upsampler
from ..world import dataset
from .loop import Loop, Step, amp, device, frames_of, noise, pixels

PATCH, FRAMES, NOISE_LEVELS = 128, 4, 12  # PATCH: pixels of the large picture


def timesteps(batch: int, rng: np.random.Generator) -> Tensor:
    """(B,) biased to where few-step sampling evaluates: the first step, the middle, and anywhere."""
    kind, spread = rng.random(batch), rng.random(batch)
    t = np.where(kind < 0.35, 999, np.where(kind < 0.7, 400 + 300 * spread, 999 * spread))
    return torch.from_numpy(np.round(t)).float()


def soften(low: Tensor, rng: np.random.Generator) -> Tensor:
    """Gaussian blur of random strength, on half of the clips: low (B, 3, T, h, w)."""
    x = torch.arange(-2, 3.0)
    out = []
    for clip in low:
        if rng.random() < 0.5:
            kernel = torch.exp(-(x**2) / (2 * rng.uniform(0.3, 0.75) ** 2))
            kernel = (kernel[:, None] * kernel / kernel.sum() ** 2).expand(3, 1, 5, 5).to(clip.device)
            clip = F.conv2d(F.pad(clip.transpose(0, 1), (2, 2, 2, 2), mode="replicate"), kernel, groups=3).transpose(0, 1)
        out.append(clip)
    return torch.stack(out)


def patch(clips: Pictures, lows: Tensor, rng: np.random.Generator, frames: int) -> tuple[Tensor, Tensor]:
    """One random patch: high (3, frames, PATCH, PATCH) and low of the same place, mirrored at random."""
    times = clips.shape[2] // lows.shape[3]
    side = PATCH // times
    i = rng.integers(len(clips))
    k = rng.integers(clips.shape[1] - frames + 1)
    y, x = rng.integers(lows.shape[3] - side + 1), rng.integers(lows.shape[4] - side + 1)
    high = pixels(clips[i, k : k + frames, times * y : times * (y + side), times * x : times * (x + side)])
    low = lows[i, k : k + frames, :, y : y + side, x : x + side].float()
    if rng.random() < 0.5:
        high, low = high.flip(-1), low.flip(-1)
    return high.transpose(0, 1), low.transpose(0, 1)


@torch.no_grad()
def low_frames(clips: Pictures, autoencoder: Autoencoder | None = None) -> Tensor:
    """fp16 (clips, T, 3, h, w): area-averaged frames, or their reconstruction."""
    out = []
    for clip in clips:
        low = F.avg_pool2d(pixels(clip).to(device()), upsampling())
        if autoencoder is not None:
            with amp():
                low = autoencoder.decode(autoencoder.encode(low)).float().clamp(-1, 1)
        out.append(low.half().cpu())
    return torch.stack(out)


def train(name: str = "upsampler") -> None:
    c, part = load()["data"], load()[name]
    moving, frames = name == "upsampler", FRAMES if name == "upsampler" else 1
    torch.manual_seed(part["seed"])
    network = channels_last(Upsampler())
    if moving:
        network.load_state_dict(torch.load(made("upsampler_image.pt", "train upsampler_image"), weights_only=True))
    parameters = [p for n, p in network.named_parameters() if is_temporal(n) == moving]
    clips = dataset.large()[: c["large_clips"] - c["large_held_out"]]
    autoencoder = Autoencoder()
    autoencoder.load_state_dict(torch.load(made("autoencoder.pt", "train autoencoder"), weights_only=True))
    seen = perceptual(part, device())
    exact, remade = low_frames(clips), low_frames(clips, autoencoder.to(device()))

    def step(loop: Loop) -> Step:
        sharp = loop.rng.random() < 0.3
        high, low = (
            torch.stack(x).to(device())
            for x in zip(*(patch(clips, exact if sharp else remade, loop.rng, frames) for _ in range(part["batch"])))
        )
        if sharp:
            low = soften(low, loop.rng)
        level = torch.from_numpy(loop.rng.integers(0, NOISE_LEVELS + 1, part["batch"])).float().to(low.device)
        alpha, sigma = (over(x) for x in cosine(level))
        low = alpha * low + sigma * noise(low)
        t = timesteps(part["batch"], loop.rng)[:, None].expand(-1, frames).to(low.device)
        x, v = noised(high, noise(high), t)
        with amp():
            made = network(x, t, low, level, moving)
        v_made = made.float()
        error = over(network.loss_scale(t)) * (v_made - v)
        alpha, sigma = (over(c) for c in cosine(t))
        with amp():
            apart = seen(frames_of(alpha * x - sigma * v_made), frames_of(high))
        return F.smooth_l1_loss(error, torch.zeros_like(error)) + apart, {}

    Loop(name, network, parameters).run(step)
