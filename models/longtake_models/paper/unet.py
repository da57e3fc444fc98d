"""The video U-Net: Stable Diffusion's walk, temporal residual blocks after the spatial ones, temporal transformers at attention sites.

22 residual blocks (8 down, 2 middle, 12 up) and 16 attention sites, at three of the four levels.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .layers import norm, sinusoid, to_images, to_video
from .spatial import Downsample, ResBlock, TransformerBlock, Upsample
from .temporal import TemporalResBlock, TemporalTransformerBlock


@dataclass(frozen=True)
class Widths:
    """What a U-Net measures.

    levels: channels of each level; attention: whether a level has attention sites; only_text: whether a site's first attention looks
    at the prompt; enter: channels of the first convolution; c_s: channels of the context frames; context: of their downsampling;
    text: of a prompt's token; noise_levels: entries of the table of noise levels (Eq. 5), 0 for none.
    """

    levels: tuple[int, ...]
    attention: tuple[bool, ...]
    only_text: tuple[bool, ...]
    enter: int
    c_s: int
    text: int
    context: int = 128
    noise_levels: int = 0
    heads: int = 8
    groups: int = 32
    latent: int = 4
    per_level: int = 2


class Site(nn.Module):
    """norm - proj_in - spatial block - temporal block - proj_out around a residual path."""

    def __init__(self, width: int, of: Widths, only_text: bool) -> None:
        super().__init__()
        self.norm, self.proj_in = norm(width, of.groups, 1e-6), nn.Linear(width, width)
        self.block = TransformerBlock(width, of.heads, of.text, only_text)
        self.temporal_block = TemporalTransformerBlock(width, of.heads, of.text)
        self.proj_out = nn.Linear(width, width)

    def forward(self, x: Tensor, frames: int, spatial: Tensor, temporal: Tensor) -> Tensor:
        _, c, h, w = x.shape
        y = self.proj_in(self.norm(x).reshape(-1, c, h * w).transpose(1, 2))
        y = self.temporal_block(self.block(y, frames, spatial), frames, temporal)
        return x + self.proj_out(y).transpose(1, 2).reshape(-1, c, h, w)


class Block(nn.Module):
    """Residual block, temporal residual block and, at some levels, an attention site."""

    def __init__(self, inner: int, outer: int, of: Widths, level: int, attention: bool, only_text: bool) -> None:
        super().__init__()
        embedding = 4 * of.levels[0]
        self.res = ResBlock(inner, outer, embedding, of.groups)
        self.temporal_res = TemporalResBlock(outer, embedding, of.groups, of.c_s, of.context, level)
        self.site = Site(outer, of, only_text) if attention else None

    def forward(self, x: Tensor, given: "Given") -> Tensor:
        x = self.res(x, given.embedding)
        x = self.temporal_res(x, given.frames, given.embedding, given.c_s)
        return x if self.site is None else self.site(x, given.frames, given.spatial, given.temporal)


@dataclass(frozen=True)
class Given:
    """What every block sees: embedding (B*T, E), prompts (B, L, D), context frames (B*T, C_s, h, w)."""

    frames: int
    embedding: torch.Tensor
    spatial: torch.Tensor
    temporal: torch.Tensor
    c_s: torch.Tensor


class VideoUnet(nn.Module):
    """The network inside; `Keyframes` and `Upsampler` give it its public names."""

    def __init__(self, of: Widths) -> None:
        super().__init__()
        self.of, levels, last = of, of.levels, len(of.levels) - 1
        embedding = 4 * levels[0]
        self.embed = nn.Sequential(nn.Linear(levels[0], embedding), nn.SiLU(), nn.Linear(embedding, embedding))
        self.noise = nn.Embedding(of.noise_levels, embedding) if of.noise_levels else None
        self.enter = nn.Conv2d(of.enter, levels[0], 3, padding=1)
        self.down, self.up, kept, width = nn.ModuleList(), nn.ModuleList(), [levels[0]], levels[0]
        for level, outer in enumerate(levels):
            for _ in range(of.per_level):
                self.down.append(Block(width, outer, of, level, of.attention[level], of.only_text[level]))
                width = outer
                kept.append(width)
            if level < last:
                self.down.append(Downsample(width))
                kept.append(width)
        self.middle1 = Block(width, width, of, last, True, False)
        self.middle2 = Block(width, width, of, last, False, False)
        for level, outer in reversed(list(enumerate(levels))):
            for _ in range(of.per_level + 1):
                self.up.append(Block(width + kept.pop(), outer, of, level, of.attention[level], of.only_text[level]))
                width = outer
            if level:
                self.up.append(Upsample(width))
        self.leave = nn.Sequential(norm(width, of.groups), nn.SiLU(), nn.Conv2d(width, of.latent, 3, padding=1))

    def forward(
        self, x: Tensor, timestep: Tensor, spatial: Tensor, temporal: Tensor, c_s: Tensor, noise_level: Tensor | None = None
    ) -> Tensor:
        """x (B, C, T, h, w), timestep (B, T) in fp32, prompts (B, L, D), c_s (B, C_s, T, h, w), noise_level int64 (B,)."""
        frames, dtype = x.shape[2], self.enter.weight.dtype
        embedding = self.embed(sinusoid(timestep.reshape(-1), self.of.levels[0]).to(dtype))
        if self.noise is not None:
            more = self.noise(noise_level)[:, None].expand(-1, frames, -1)
            embedding = embedding + more.reshape(-1, embedding.shape[1])
        given = Given(frames, embedding, spatial, temporal, to_images(c_s))
        x = self.enter(to_images(x))
        kept = [x]
        for layer in self.down:
            x = layer(x, given) if isinstance(layer, Block) else layer(x)
            kept.append(x)
        x = self.middle2(self.middle1(x, given), given)
        for layer in self.up:
            x = layer(torch.cat([x, kept.pop()], 1), given) if isinstance(layer, Block) else layer(x)
        return to_video(self.leave(x), frames)


def is_temporal(name: str) -> bool:
    """Does the parameter of this name belong to a layer that video training adds?"""
    return "temporal_" in name
