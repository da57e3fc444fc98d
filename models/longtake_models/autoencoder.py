"""Image autoencoder, f = 8: (N, 3, 64, 128) in [-1, 1] <-> (N, 8, 8, 16).

The decoder has two seats for temporal layers (video_decoder.py fills them); without them it is the image decoder.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import ResBlock, Upsample, norm

CHANNELS = 8


class Encoder(nn.Module):
    """(N, 3, H, W) -> mean and log variance, each (N, 8, H/8, W/8)."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(48, 96, 3, padding=1),
            ResBlock(96, 96),
            nn.Conv2d(96, 128, 3, stride=2, padding=1),
            ResBlock(128, 128),
            ResBlock(128, 128),
            norm(128),
            nn.SiLU(),
            nn.Conv2d(128, 2 * CHANNELS, 1),
        )

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        mean, log_variance = self.body(F.pixel_unshuffle(x, 4)).chunk(2, 1)
        return mean, log_variance.clamp(-10, 4)


class Decoder(nn.Module):
    """(N, 8, h, w) -> (N, 3, 8h, 8w). `temporal`: two modules called as m(x, frames), or None."""

    def __init__(self) -> None:
        super().__init__()
        self.deep = nn.Sequential(nn.Conv2d(CHANNELS, 128, 3, padding=1), ResBlock(128, 128), ResBlock(128, 128))
        self.middle = nn.Sequential(Upsample(128, 96), ResBlock(96, 96))
        self.shallow = nn.Sequential(Upsample(96, 64), ResBlock(64, 64), norm(64), nn.SiLU())
        self.last = nn.Conv2d(64, 12, 3, padding=1)

    def forward(self, z: Tensor, temporal: Sequence[nn.Module] | None = None, frames: int = 1) -> Tensor:
        x = self.deep(z)
        x = temporal[0](x, frames) if temporal else x
        x = self.middle(x)
        x = temporal[1](x, frames) if temporal else x
        return F.pixel_shuffle(self.last(self.shallow(x)), 2)


class Autoencoder(nn.Module):
    scale: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.decoder = Encoder(), Decoder()
        self.register_buffer("scale", torch.ones(()))  # scale * latent has unit standard deviation

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Reconstruction from a sampled latent, with mean and log variance."""
        mean, log_variance = self.encoder(x)
        z = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        return self.decoder(z), mean, log_variance

    def encode(self, x: Tensor) -> Tensor:
        """Scaled latents: what every diffusion model sees."""
        return self.encoder(x)[0] * self.scale

    def decode(self, z: Tensor) -> Tensor:
        return self.decoder(z / self.scale)
