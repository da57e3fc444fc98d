"""Trains the image autoencoder: L1 + squares + gradient difference, heavier on cars, with a light KL; then encodes all clips."""

import logging

import numpy as np
import torch
from torch import Tensor

from .. import command
from ..arrays import Indices, Pictures
from ..autoencoder import Autoencoder
from ..config import load, work
from ..latent_space import latent_space
from ..layers import channels_last
from ..whole import whole
from ..world import dataset
from .loop import Loop, Step, amp, device, pixels

log = logging.getLogger(__package__)


def gradients(x: Tensor) -> tuple[Tensor, Tensor]:
    """Horizontal and vertical differences of x (…, H, W)."""
    return x[..., :, 1:] - x[..., :, :-1], x[..., 1:, :] - x[..., :-1, :]


def picture_loss(made: Tensor, real: Tensor, weight: float | Tensor = 1.0) -> Tensor:
    """Weighted L1 and squares, and half the L1 of the gradients."""
    across, down = ((a - b).abs().mean() for a, b in zip(gradients(made), gradients(real)))
    error = made - real
    return (weight * (error.abs() + 2 * error**2)).mean() + 0.5 * (across + down)


def psnr(made: Tensor, real: Tensor) -> Tensor:
    return -10 * torch.log10(((made.clamp(-1, 1) - real) ** 2).mean() / 4)


def car_weight(clips: Indices, frames: Indices, height: int, width: int, gain: float = 1.5) -> Tensor:
    """(N, 1, H, W): 1 + gain inside car boxes: cars are small and would otherwise be smoothed away."""
    weight = np.ones((len(clips), 1, height, width), np.float32)
    for n, found in enumerate(dataset.boxes_of(clips, frames)):
        for x0, y0, x1, y1 in found[:, :4]:
            weight[n, 0, int(y0 * height) : int(np.ceil(y1 * height)), int(x0 * width) : int(np.ceil(x1 * width))] = 1 + gain
    return torch.from_numpy(weight).to(device())


def pictures(data: Pictures, clips: Indices, frames: Indices) -> Tensor:
    """(N, 3, H, W) of frame `frames[n]` of clip `clips[n]`."""
    return pixels(np.stack([data[a, b] for a, b in zip(clips, frames)])).to(device()).contiguous(memory_format=torch.channels_last)


def train() -> None:
    c, part, data = load()["data"], load()["autoencoder"], dataset.small()
    torch.manual_seed(part["seed"])
    network, held_out = channels_last(Autoencoder()), c["clips"] - c["held_out"]
    frames = np.array(dataset.stills() or range(c["frames"]))
    batch: int = part["batch"]

    def off(rng: np.random.Generator, first: int, end: int) -> Step:
        i = rng.integers(first, end, batch)
        k = frames[rng.integers(0, len(frames), batch)]
        x = pictures(data, i, k)
        with amp():
            y, mean, log_variance = network(x)
        y, mean, log_variance = y.float(), mean.float(), log_variance.float()
        kl = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).mean()
        return picture_loss(y, x, car_weight(i, k, *x.shape[-2:])) + part["kl"] * kl, {"kl": kl.item(), "psnr": psnr(y.detach(), x).item()}

    with dataset.going_on():
        Loop("autoencoder", network).run(lambda loop: off(loop.rng, 0, held_out), judged=lambda rng: off(rng, held_out, c["clips"]))
    dataset.make(1)
    encode_all(network)


@torch.no_grad()
def encode_all(network: Autoencoder) -> None:
    """Writes latents.npy fp16 (clips, frames, C, h, w) in unit standard deviation, and the scale into autoencoder.pt."""
    data = dataset.small()
    network.eval()
    out = np.empty((*data.shape[:2], *latent_space().shape), np.float32)
    with command.bar(len(data), 0, "latents") as bar:
        for i in range(len(data)):
            with amp():
                z = network.encoder(pictures(data, [i] * data.shape[1], range(data.shape[1])))[0]
            out[i] = z.float().cpu().numpy()
            bar.update()
    network.scale.fill_(float(1 / out.std()))
    with whole(work("latents.npy")) as beside, beside.open("wb") as file:
        np.save(file, (out * network.scale.item()).astype(np.float16))
    with whole(work("autoencoder.pt")) as beside:
        torch.save({k: v.cpu() for k, v in network.state_dict().items()}, beside)
    work("latents.done").touch()
    log.info("latents encoded, scale %s", network.scale.item())
