"""Trains the image autoencoder: L1 + squares + gradient difference, heavier on cars, with a light KL; then encodes all clips."""
import numpy as np
import torch

from ..autoencoder import Autoencoder
from ..config import load, work
from ..layers import channels_last
from ..world import dataset
from .loop import Loop, amp, device, pixels


def gradients(x):
    """Horizontal and vertical differences of x (…, H, W)."""
    return x[..., :, 1:] - x[..., :, :-1], x[..., 1:, :] - x[..., :-1, :]


def picture_loss(made, real, weight=1.0):
    """Weighted L1 and squares, and half the L1 of the gradients."""
    across, down = ((a - b).abs().mean() for a, b in zip(gradients(made), gradients(real)))
    error = made - real
    return (weight * (error.abs() + 2 * error ** 2)).mean() + 0.5 * (across + down)


def psnr(made, real):
    return -10 * torch.log10(((made.clamp(-1, 1) - real) ** 2).mean() / 4)


def car_weight(clips, frames, height=64, width=128, gain=1.5):
    """(N, 1, H, W): 1 + gain inside car boxes: cars are small and would otherwise be smoothed away."""
    weight = np.ones((len(clips), 1, height, width), np.float32)
    for n, found in enumerate(dataset.boxes_of(clips, frames)):
        for x0, y0, x1, y1 in found[:, :4]:
            weight[n, 0, int(y0 * height):int(np.ceil(y1 * height)), int(x0 * width):int(np.ceil(x1 * width))] = 1 + gain
    return torch.from_numpy(weight).to(device())


def pictures(data, clips, frames):
    """(N, 3, H, W) of frame `frames[n]` of clip `clips[n]`."""
    return pixels(np.stack([data[a, b] for a, b in zip(clips, frames)])).to(device()).contiguous(memory_format=torch.channels_last)


def train():
    c, part, data = load()["data"], load()["autoencoder"], dataset.small()
    torch.manual_seed(part["seed"])
    network = channels_last(Autoencoder())

    def step(loop):
        i = loop.rng.integers(0, c["clips"] - c["held_out"], part["batch"])
        k = loop.rng.integers(0, c["frames"], part["batch"])
        x = pictures(data, i, k)
        with amp():
            y, mean, log_variance = network(x)
        y, mean, log_variance = y.float(), mean.float(), log_variance.float()
        kl = 0.5 * (mean ** 2 + log_variance.exp() - 1 - log_variance).mean()
        return picture_loss(y, x, car_weight(i, k)) + part["kl"] * kl, {"kl": kl.item(), "psnr": psnr(y.detach(), x).item()}

    Loop("autoencoder", network).run(step)
    encode_all(network)


@torch.no_grad()
def encode_all(network):
    """Writes latents.npy fp16 (clips, frames, C, 8, 16) in unit standard deviation, and the scale into autoencoder.pt."""
    data = dataset.small()
    network.eval()
    out = None
    for i in range(len(data)):
        with amp():
            z = network.encoder(pictures(data, [i] * data.shape[1], range(data.shape[1])))[0].float().cpu().numpy()
        if out is None:
            out = np.empty((len(data), *z.shape), np.float32)
        out[i] = z
    network.scale.fill_(float(1 / out.std()))
    np.save(work("latents.npy"), (out * network.scale.item()).astype(np.float16))
    torch.save({k: v.cpu() for k, v in network.state_dict().items()}, work("autoencoder.pt"))
    open(work("latents.done"), "w").close()
    print("latents encoded, scale", network.scale.item(), flush=True)
