"""Video-aware diffusion upsampler in pixel space, cheap enough for two cores.

The noisy 256x512 sample is unshuffled by 4 to 48 channels at 64x128 and meets the low-resolution frame there (upsampler_core.py).
The network is a v-model from outside; inside it sees and predicts the residual over bilinear enlargement, whose
standard deviation r is far below 1 (preconditioning as in Karras et al. 2206.00364, for v and cosine):
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
from .layers import sinusoid
from .schedule import cosine
from .squares import Enlarge, Unshuffle
from .upsampler_core import EMBEDDING, Lean, Normed

SQUARE = 4  # pixels of the large picture, each way, that are one place of the network


class Upsampler(nn.Module):
    """sample (B, 3, T, H, W), timestep (B, T), low (B, 3, T, H / factor, W / factor), noise_level (B,) -> v like sample."""

    def __init__(self, widths: Sequence[int] | None = None, factor: int | None = None, lean: bool | None = None) -> None:
        """Widths, factor and which of the two U-Nets: as the recipe says if they are not given."""
        super().__init__()
        part = load()["upsampler_image"]
        self.factor, self.residual = factor or upsampling(), float(part["residual"])
        self.cut, self.enlarge = Unshuffle(SQUARE), Enlarge(self.factor, SQUARE)
        self.embed = nn.Sequential(nn.Linear(128, EMBEDDING), nn.SiLU(), nn.Linear(EMBEDDING, EMBEDDING))
        core = Lean if (part["lean"] if lean is None else lean) else Normed
        self.core = core(widths or part["widths"], 3 * SQUARE**2, SQUARE // self.factor)

    def forward(self, sample: Tensor, timestep: Tensor, low: Tensor, noise_level: Tensor, moving: bool = True) -> Tensor:
        """moving=False: every frame by itself, the image upsampler."""
        frames = sample.shape[2]
        x = self.cut(sample.transpose(1, 2).flatten(0, 1))
        low = (low / cosine(noise_level)[0].view(-1, 1, 1, 1, 1)).transpose(1, 2).flatten(0, 1)
        large = self.enlarge(low)
        alpha, sigma = (c.reshape(-1, 1, 1, 1) for c in cosine(timestep))
        spread = alpha**2 * self.residual**2 + sigma**2
        d = x - alpha * large
        embedding = self.embed(
            torch.cat([sinusoid(timestep.reshape(-1), 64), sinusoid(noise_level[:, None].expand(timestep.shape).reshape(-1), 64)], 1)
        )
        guess = self.core(d * torch.rsqrt(spread), low, embedding, frames, moving).to(x.dtype)
        v = alpha * sigma * (1 - self.residual**2) / spread * d - sigma * large + self.residual * torch.rsqrt(spread) * guess
        v = F.pixel_shuffle(v, SQUARE)
        return v.view(-1, frames, *v.shape[1:]).transpose(1, 2)

    def loss_scale(self, timestep: Tensor) -> Tensor:
        """1 / out of the preconditioning (B, T): brings the error of v to that of F."""
        alpha, sigma = cosine(timestep)
        return torch.sqrt(alpha**2 * self.residual**2 + sigma**2) / self.residual
