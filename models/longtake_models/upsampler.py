"""Video-aware 4x diffusion upsampler in pixel space, cheap enough for two cores.

The noisy 256x512 sample is unshuffled by 4 to 48 channels at 64x128 and meets the low-resolution frame there.
The network is a v-model from outside; inside it sees and predicts the residual over bilinear enlargement, whose
standard deviation RESIDUAL is far below 1 (preconditioning as in Karras et al. 2206.00364, for v and cosine):
    d = x_t - alpha U,  v = -sigma U + skip d + out F(d, low),
    skip = alpha sigma (1 - r^2) / n,  out = r / sqrt(n),  n = alpha^2 r^2 + sigma^2.
Temporal convolutions are causal, (3, 1, 1), so a window needs only a few frames of the past.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import ResBlock, Upsample, norm, sinusoid
from .schedule import cosine
from .temporal import CausalConv

FACTOR = 4
RESIDUAL = 0.1
EMBEDDING = 192


class Upsampler(nn.Module):
    """sample (B, 3, T, 4h, 4w), timestep (B, T), low (B, 3, T, h, w), noise_level (B,) -> v like sample."""

    def __init__(self, widths: tuple[int, int, int] = (48, 64, 96)) -> None:
        super().__init__()
        a, b, c = widths
        self.embed = nn.Sequential(nn.Linear(128, EMBEDDING), nn.SiLU(), nn.Linear(EMBEDDING, EMBEDDING))
        self.enter = nn.Conv2d(3 * FACTOR**2 + 3, a, 3, padding=1)
        self.down1 = ResBlock(a, a, EMBEDDING)
        self.to2 = nn.Conv2d(a, b, 3, stride=2, padding=1)
        self.down2, self.temporal_down2 = ResBlock(b, b, EMBEDDING), CausalConv(b)
        self.to3 = nn.Conv2d(b, c, 3, stride=2, padding=1)
        self.deep1, self.temporal_deep, self.deep2 = ResBlock(c, c, EMBEDDING), CausalConv(c), ResBlock(c, c, EMBEDDING)
        self.from3, self.up2 = Upsample(c, b), ResBlock(b, b, EMBEDDING)
        self.from2, self.up1, self.temporal_up1 = Upsample(b, a), ResBlock(a, a, EMBEDDING), CausalConv(a)
        self.leave = nn.Sequential(norm(a), nn.SiLU(), nn.Conv2d(a, 3 * FACTOR**2, 3, padding=1))

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
        x = F.pixel_unshuffle(sample.transpose(1, 2).flatten(0, 1), FACTOR)
        low = (low / cosine(noise_level)[0].view(-1, 1, 1, 1, 1)).transpose(1, 2).flatten(0, 1)
        large = F.pixel_unshuffle(F.interpolate(low, scale_factor=float(FACTOR), mode="bilinear", align_corners=False), FACTOR)
        alpha, sigma = (c.reshape(-1, 1, 1, 1) for c in cosine(timestep))
        spread = alpha**2 * RESIDUAL**2 + sigma**2
        d = x - alpha * large
        embedding = self.embed(
            torch.cat([sinusoid(timestep.reshape(-1), 64), sinusoid(noise_level[:, None].expand(timestep.shape).reshape(-1), 64)], 1)
        )
        inside = torch.cat([d * torch.rsqrt(spread), low], 1).contiguous(memory_format=torch.channels_last)
        guess = self.core(inside, embedding, frames, moving).to(x.dtype)
        v = alpha * sigma * (1 - RESIDUAL**2) / spread * d - sigma * large + RESIDUAL * torch.rsqrt(spread) * guess
        v = F.pixel_shuffle(v, FACTOR)
        return v.view(-1, frames, *v.shape[1:]).transpose(1, 2)

    def loss_scale(self, timestep: Tensor) -> Tensor:
        """1 / out of the preconditioning (B, T): brings the error of v to that of F."""
        alpha, sigma = cosine(timestep)
        return torch.sqrt(alpha**2 * RESIDUAL**2 + sigma**2) / RESIDUAL
