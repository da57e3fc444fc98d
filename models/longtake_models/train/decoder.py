"""Fine-tunes the decoder on 24 fps clips with its temporal layers; the encoder is frozen (its latents are on disk).

L1 + gradients + L1 of frame differences, and in the second half a hinge loss of a 3D patch discriminator whose
weight follows the ratio of gradients at the last layer (as in the Video LDM authors' code), times GAN_WEIGHT.
"""
import os

import numpy as np
import torch
import torch.nn.functional as F

from ..config import load, work
from ..layers import channels_last
from ..video_decoder import PatchDiscriminator, from_autoencoder
from ..world import dataset
from .autoencoder import car_weight, picture_loss, psnr
from .loop import Loop, amp, pixels

FRAMES, GAN_WEIGHT, GAN_START = 6, 0.1, 0.5


def clip_batch(data, z, batch, rng, clips):
    """Frames (B, 3, F, 64, 128), latents (B, 8, F, 8, 16) and car weights like frames with one channel."""
    real, latent, weight = [], [], []
    for i in rng.integers(0, clips, batch):
        k = rng.integers(0, data.shape[1] - FRAMES + 1)
        real.append(pixels(data[i, k:k + FRAMES]).transpose(0, 1))
        latent.append(z[i, k:k + FRAMES].float().transpose(0, 1))
        weight.append(car_weight([i] * FRAMES, range(k, k + FRAMES)).transpose(0, 1))
    return torch.stack(real), torch.stack(latent), torch.stack(weight)


def adaptive(likeness, fooling, last):
    """||grad of the likeness loss|| / ||grad of the GAN loss|| at the last layer."""
    near, = torch.autograd.grad(likeness, last, retain_graph=True)
    far, = torch.autograd.grad(fooling, last, retain_graph=True)
    return (near.norm() / (far.norm() + 1e-4)).clamp(0, 100).detach()


def train():
    c, part = load()["data"], load()["decoder"]
    torch.manual_seed(part["seed"])
    rng, data = np.random.default_rng(part["seed"]), dataset.small()
    z = torch.from_numpy(np.load(work("latents.npy")))
    state = torch.load(work("autoencoder.pt"), weights_only=True)
    network, judge = channels_last(from_autoencoder(state)), PatchDiscriminator()
    judging = torch.optim.AdamW(judge.parameters(), lr=2e-4, betas=(0.5, 0.9))
    if os.path.exists(work("judge.pt")):
        judge.load_state_dict(torch.load(work("judge.pt"), weights_only=True))
    loop = Loop("decoder", network, average=0.998)

    def step():
        real, latent, weight = clip_batch(data, z, part["batch"], rng, c["clips"] - c["held_out"])
        latent = latent + rng.uniform(0, 0.08) * torch.randn_like(latent)
        with amp():
            made = network(latent / state["scale"])
        made = made.float()
        likeness = picture_loss(made, real, weight)
        likeness = likeness + 0.5 * ((made[:, :, 1:] - made[:, :, :-1]) - (real[:, :, 1:] - real[:, :, :-1])).abs().mean()
        figures = {"psnr": psnr(made.detach(), real).item()}
        if loop.spent < GAN_START * 60 * part["minutes"]:
            return likeness, figures
        with amp():
            verdict = F.relu(1 - judge(real).float()).mean() + F.relu(1 + judge(made.detach()).float()).mean()
        judging.zero_grad(set_to_none=True)
        verdict.backward()
        judging.step()
        if loop.steps % 100 == 0:
            torch.save(judge.state_dict(), work("judge.pt"))
        with amp():
            fooling = -judge(made).float().mean()
        pull = GAN_WEIGHT * adaptive(likeness, fooling, network.last_layer())
        return likeness + pull * fooling, {**figures, "judge": verdict.item()}

    loop.run(step)
