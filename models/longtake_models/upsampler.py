"""Video-aware diffusion upsampler in pixel space, cheap enough for two cores.

The noisy 256x512 sample is unshuffled by 4 to 48 channels at 64x128 and meets the low-resolution frame there, which is
unshuffled too if it is larger than that.
The network is a v-model from outside; inside it sees and predicts the residual over bilinear enlargement, whose
standard deviation RESIDUAL is far below 1 (preconditioning as in Karras et al. 2206.00364, for v and cosine):
    d = x_t - alpha U,  v = -sigma U + skip d + out F(d, low),
    skip = alpha sigma (1 - r^2) / n,  out = r / sqrt(n),  n = alpha^2 r^2 + sigma^2.
Temporal convolutions are causal, (3, 1, 1), so a window needs only a few frames of the past.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .config import load
from .latent_space import upsampling
from .layers import ResBlock, Upsample, norm, sinusoid
from .schedule import cosine
from .temporal import CausalConv

SQUARE = 4  # pixels of the large picture, each way, that are one place of the network
RESIDUAL = 0.1
EMBEDDING = 192


class Upsampler(nn.Module):
    """sample (B, 3, T, H, W), timestep (B, T), low (B, 3, T, H / factor, W / factor), noise_level (B,) -> v like sample."""

    def __init__(self, widths: Sequence[int] | None = None, factor: int | None = None) -> None:
        """widths at one, a half and a quarter of 64x128, and factor: those of the recipe if they are not given."""
        super().__init__()
        a, b, c = widths or load()["upsampler_image"]["widths"]
        self.factor = factor or upsampling()
        self.low_square = SQUARE // self.factor
        self.embed = nn.Sequential(nn.Linear(128, EMBEDDING), nn.SiLU(), nn.Linear(EMBEDDING, EMBEDDING))
        self.enter = nn.Conv2d(3 * SQUARE**2 + 3 * self.low_square**2, a, 3, padding=1)
        self.down1 = ResBlock(a, a, EMBEDDING)
        self.to2 = nn.Conv2d(a, b, 3, stride=2, padding=1)
        self.down2, self.temporal_down2 = ResBlock(b, b, EMBEDDING), CausalConv(b)
        self.to3 = nn.Conv2d(b, c, 3, stride=2, padding=1)
        self.deep1, self.temporal_deep, self.deep2 = ResBlock(c, c, EMBEDDING), CausalConv(c), ResBlock(c, c, EMBEDDING)
        self.from3, self.up2 = Upsample(c, b), ResBlock(b, b, EMBEDDING)
        self.from2, self.up1, self.temporal_up1 = Upsample(b, a), ResBlock(a, a, EMBEDDING), CausalConv(a)
        self.leave = nn.Sequential(norm(a), nn.SiLU(), nn.Conv2d(a, 3 * SQUARE**2, 3, padding=1))

    def core(self, x: Tensor, embedding: Tensor, frames: int, moving: bool) -> Tensor:
        def over_time(layer: nn.Module, h: Tensor) -> Tensor:
            return layer(h, frames) if moving else h

        h1 = self.down1(self.enter(x), embedding)
        h2 = over_time(self.temporal_down2, self.down2(self.to2(h1), embedding))
        h3 = self.deep2(over_time(self.temporal_deep, self.deep1(self.to3(h2), embedding)), embedding)
        h2 = self.up2(self.from3(h3) + h2, embedding)
        return self.leave(over_time(self.temporal_up1, self.up1(self.from2(h2) + h1, embedding)))

    def forward(self, sample: Tensor, timestep: Tensor, low: Tensor, noise_level: Tensor, moving: bool = True) -> Tensor:
        """moving=False: every frame by itself, the image upsampler."""
        frames = sample.shape[2]
        x = F.pixel_unshuffle(sample.transpose(1, 2).flatten(0, 1), SQUARE)
        low = (low / cosine(noise_level)[0].view(-1, 1, 1, 1, 1)).transpose(1, 2).flatten(0, 1)
        large = F.pixel_unshuffle(F.interpolate(low, scale_factor=float(self.factor), mode="bilinear", align_corners=False), SQUARE)
        alpha, sigma = (c.reshape(-1, 1, 1, 1) for c in cosine(timestep))
        spread = alpha**2 * RESIDUAL**2 + sigma**2
        d = x - alpha * large
        embedding = self.embed(
            torch.cat([sinusoid(timestep.reshape(-1), 64), sinusoid(noise_level[:, None].expand(timestep.shape).reshape(-1), 64)], 1)
        )
        if self.low_square > 1:
            low = F.pixel_unshuffle(low, self.low_square)
        inside = torch.cat([d * torch.rsqrt(spread), low], 1).contiguous(memory_format=torch.channels_last)
        guess = self.core(inside, embedding, frames, moving).to(x.dtype)
        v = alpha * sigma * (1 - RESIDUAL**2) / spread * d - sigma * large + RESIDUAL * torch.rsqrt(spread) * guess
        v = F.pixel_shuffle(v, SQUARE)
        return v.view(-1, frames, *v.shape[1:]).transpose(1, 2)

    def loss_scale(self, timestep: Tensor) -> Tensor:
        """1 / out of the preconditioning (B, T): brings the error of v to that of F."""
        alpha, sigma = cosine(timestep)
        return torch.sqrt(alpha**2 * RESIDUAL**2 + sigma**2) / RESIDUAL
