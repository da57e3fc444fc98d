"""Trains the image autoencoder: L1 + gradient difference, heavier on cars, with a light KL."""
import numpy as np
import torch

from ..autoencoder import Autoencoder
from ..config import load, work
from ..layers import channels_last
from ..world import boxes, dataset, scene
from .loop import Loop, amp, pixels


def gradients(x):
    """Horizontal and vertical differences of x (…, H, W)."""
    return x[..., :, 1:] - x[..., :, :-1], x[..., 1:, :] - x[..., :-1, :]


def picture_loss(made, real, weight=1.0):
    """Weighted L1 plus half the L1 of the gradients."""
    across, down = ((a - b).abs().mean() for a, b in zip(gradients(made), gradients(real)))
    return (weight * (made - real).abs()).mean() + 0.5 * (across + down)


def psnr(made, real):
    return -10 * torch.log10(((made.clamp(-1, 1) - real) ** 2).mean() / 4)


def car_weight(clips, frames, height=64, width=128, gain=1.5):
    """(N, 1, H, W): 1 + gain inside car boxes: cars are small and would otherwise be smoothed away."""
    c = load()["data"]
    weight = np.ones((len(clips), 1, height, width), np.float32)
    for n, (i, k) in enumerate(zip(clips, frames)):
        seed = c["seed"] + int(i)
        for x0, y0, x1, y1, _ in boxes.car_boxes(_scene(seed), dataset._start(seed) + k / c["fps"]):
            weight[n, 0, int(y0 * height):int(np.ceil(y1 * height)), int(x0 * width):int(np.ceil(x1 * width))] = 1 + gain
    return torch.from_numpy(weight)


_scenes = {}


def _scene(seed):
    if seed not in _scenes:
        _scenes[seed] = scene.sample(seed)
    return _scenes[seed]


def train():
    c, part = load()["data"], load()["autoencoder"]
    torch.manual_seed(part["seed"])
    rng, data = np.random.default_rng(part["seed"]), dataset.small()
    network = channels_last(Autoencoder())
    loop = Loop("autoencoder", network, average=0.998)

    def step():
        i = rng.integers(0, c["clips"] - c["held_out"], part["batch"])
        k = rng.integers(0, c["frames"], part["batch"])
        x = pixels(np.stack([data[a, b] for a, b in zip(i, k)])).contiguous(memory_format=torch.channels_last)
        with amp():
            y, mean, log_variance = network(x)
        y, mean, log_variance = y.float(), mean.float(), log_variance.float()
        kl = 0.5 * (mean ** 2 + log_variance.exp() - 1 - log_variance).mean()
        return picture_loss(y, x, car_weight(i, k)) + part["kl"] * kl, {"kl": kl.item(), "psnr": psnr(y.detach(), x).item()}

    loop.run(step)
    encode_all(network)


@torch.no_grad()
def encode_all(network):
    """Writes latents.npy fp16 (clips, frames, 8, 8, 16) in unit standard deviation, and the scale into autoencoder.pt."""
    data = dataset.small()
    network.eval()
    out = np.empty((*data.shape[:2], 8, data.shape[2] // 8, data.shape[3] // 8), np.float32)
    for i in range(len(data)):
        with amp():
            out[i] = network.encoder(pixels(data[i]).contiguous(memory_format=torch.channels_last))[0].float()
    network.scale.fill_(float(1 / out.std()))
    np.save(work("latents.npy"), (out * network.scale.item()).astype(np.float16))
    torch.save(network.state_dict(), work("autoencoder.pt"))
    open(work("latents.done"), "w").close()
    print("latents encoded, scale", network.scale.item(), flush=True)
