"""Fine-tunes the decoder on 24 fps clips with its temporal layers; the encoder is frozen (its latents are on disk).

The loss of the autoencoder + L1 of frame differences + what a network that knows photographs finds apart (where the recipe gives that a
weight, `perceptual`), and after GAN_START of the steps a hinge loss of a 3D patch discriminator whose weight follows the ratio of gradients
at the last layer (as in the Video LDM authors' code), times GAN_WEIGHT.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..arrays import Pictures
from ..config import load, made
from ..layers import channels_last
from ..photographs import perceptual
from ..video_decoder import PatchDiscriminator, from_autoencoder
from ..world import dataset
from .autoencoder import car_weight, picture_loss, psnr
from .loop import Loop, Step, amp, device, frames_of, noise, pixels

FRAMES, GAN_WEIGHT, GAN_START = 6, 0.1, 0.3


def clip_batch(data: Pictures, z: Tensor, batch: int, rng: np.random.Generator, clips: int) -> tuple[Tensor, Tensor, Tensor]:
    """Frames (B, 3, F, H, W), latents (B, C, F, h, w) and car weights like frames with one channel."""
    real, latent, weight = [], [], []
    for i in rng.integers(0, clips, batch):
        k = rng.integers(0, data.shape[1] - FRAMES + 1)
        real.append(pixels(data[i, k : k + FRAMES]).transpose(0, 1))
        latent.append(z[i, k : k + FRAMES].float().transpose(0, 1))
        weight.append(car_weight([i] * FRAMES, range(k, k + FRAMES), *data.shape[2:4]).transpose(0, 1))
    return torch.stack(real).to(device()), torch.stack(latent).to(device()), torch.stack(weight).to(device())


def adaptive(likeness: Tensor, fooling: Tensor, last: Tensor) -> Tensor:
    """||grad of the likeness loss|| / ||grad of the GAN loss|| at the last layer."""
    (near,) = torch.autograd.grad(likeness, last, retain_graph=True)
    (far,) = torch.autograd.grad(fooling, last, retain_graph=True)
    return (near.norm() / (far.norm() + 1e-4)).clamp(0, 100).detach()


def train() -> None:
    c, part, data = load()["data"], load()["decoder"], dataset.small()
    torch.manual_seed(part["seed"])
    z = torch.from_numpy(np.load(made("latents.npy", "train autoencoder")))
    state = torch.load(made("autoencoder.pt", "train autoencoder"), weights_only=True)
    scale = state["scale"].to(device())
    network, critic = channels_last(from_autoencoder(state)), PatchDiscriminator().to(device())
    seen = perceptual(part, device())
    judging = torch.optim.AdamW(critic.parameters(), lr=part["critic_lr"], betas=(0.5, 0.9))

    def step(loop: Loop) -> Step:
        real, latent, weight = clip_batch(data, z, part["batch"], loop.rng, c["clips"] - c["held_out"])
        latent = latent + loop.rng.uniform(0, 0.08) * noise(latent)
        with amp():
            remade = network(latent / scale)
        remade = remade.float()
        likeness = picture_loss(remade, real, weight)
        likeness = likeness + 0.5 * ((remade[:, :, 1:] - remade[:, :, :-1]) - (real[:, :, 1:] - real[:, :, :-1])).abs().mean()
        with amp():
            likeness = likeness + seen(frames_of(remade), frames_of(real))
        figures = {"psnr": psnr(remade.detach(), real).item()}
        if loop.progress < GAN_START:
            return likeness, figures
        with amp():
            verdict = F.relu(1 - critic(real).float()).mean() + F.relu(1 + critic(remade.detach()).float()).mean()
        judging.zero_grad(set_to_none=True)
        verdict.backward()  # type: ignore[no-untyped-call]
        judging.step()
        with amp():
            fooling = -critic(remade).float().mean()
        pull = GAN_WEIGHT * adaptive(likeness, fooling, network.last_layer())
        return likeness + pull * fooling, {**figures, "critic": verdict.item()}

    Loop("decoder", network).run(step, {"critic": critic, "judging": judging})
