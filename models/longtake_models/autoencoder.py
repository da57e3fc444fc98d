"""Image autoencoder: (N, 3, H, W) in [-1, 1] <-> (N, C, H/f, W/f), with C and f as the recipe says (latent_space.py).

The decoder has two places for temporal layers (video_decoder.py fills them); without them it is the image decoder.
Pictures leave in squares of f/4 pixels, so that decoding so many cells costs the same at any f.
"""

from collections.abc import Sequence
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .latent_space import LatentSpace, latent_space
from .layers import ResBlock, Upsample, norm


class Encoder(nn.Module):
    """(N, 3, H, W) -> mean and log variance, each (N, C, H/f, W/f)."""

    def __init__(self, space: LatentSpace) -> None:
        super().__init__()
        widths = (64, 96, 128) if space.factor == 16 else (96, 128)
        self.square = space.factor >> (len(widths) - 1)
        layers: list[nn.Module] = [nn.Conv2d(3 * self.square**2, widths[0], 3, padding=1)]
        for inner, outer in pairwise(widths):
            layers += [ResBlock(inner, inner, norms=space.norms), nn.Conv2d(inner, outer, 3, stride=2, padding=1)]
        self.body = nn.Sequential(
            *layers,
            ResBlock(128, 128, norms=space.norms),
            ResBlock(128, 128, norms=space.norms),
            norm(128, space.norms),
            nn.SiLU(),
            nn.Conv2d(128, 2 * space.channels, 1),
        )

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        mean, log_variance = self.body(F.pixel_unshuffle(x, self.square)).chunk(2, 1)
        return mean, log_variance.clamp(-10, 4)


class Decoder(nn.Module):
    """(N, C, h, w) -> (N, 3, f h, f w). `temporal`: two modules called as m(x, frames), or None."""

    def __init__(self, space: LatentSpace) -> None:
        super().__init__()
        self.square = space.factor // 4
        deep, middle, shallow = space.depths

        def blocks(width: int, depth: int) -> list[nn.Module]:
            return [ResBlock(width, width, norms=space.norms) for _ in range(depth)]

        self.deep = nn.Sequential(nn.Conv2d(space.channels, 128, 3, padding=1), *blocks(128, deep))
        self.middle = nn.Sequential(Upsample(128, 96), *blocks(96, middle))
        self.shallow = nn.Sequential(Upsample(96, 64), *blocks(64, shallow), norm(64, space.norms), nn.SiLU())
        self.last = nn.Conv2d(64, 3 * self.square**2, 3, padding=1)

    def forward(self, z: Tensor, temporal: Sequence[nn.Module] | None = None, frames: int = 1) -> Tensor:
        x = self.deep(z)
        x = temporal[0](x, frames) if temporal else x
        x = self.middle(x)
        x = temporal[1](x, frames) if temporal else x
        return F.pixel_shuffle(self.last(self.shallow(x)), self.square)


class Autoencoder(nn.Module):
    scale: Tensor

    def __init__(self, space: LatentSpace | None = None) -> None:
        """space: that of the recipe if it is not given."""
        super().__init__()
        space = space or latent_space()
        self.encoder, self.decoder = Encoder(space), Decoder(space)
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
