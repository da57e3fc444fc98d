"""The denoiser: a U-Net over latents (B, C, T, h, w), v-prediction, one timestep per frame.

Spatial layers see (B*T) images. Each residual block is followed by a temporal residual block, and each attention site by a
temporal transformer, as far as `temporal` asks for them. Context frames c_s = (mask * z, mask) enter the temporal blocks
("temporal", the keyframe model) or the first convolution ("input", the interpolation model, whose layers are all trained).
"""

import torch
from torch import Tensor, nn

from .latent_space import latent_space
from .layers import Attention, GeGlu, ResBlock, Upsample, needed, norm, sinusoid
from .temporal import TemporalResBlock, TemporalTransformer

BOTH, ATTENTION = "both", "attention"  # which temporal layers there are; ATTENTION is the paper's ablation


class SpatialTransformer(nn.Module):
    """Self-attention over the pixels of a frame, attention to the prompt, gated feed-forward."""

    def __init__(self, channels: int, text: int) -> None:
        super().__init__()
        self.norm1, self.over_space = nn.LayerNorm(channels), Attention(channels)
        self.norm2, self.to_text = nn.LayerNorm(channels), Attention(channels, text) if text else None
        self.norm3, self.feed = nn.LayerNorm(channels), GeGlu(channels)

    def forward(self, x: Tensor, frames: int, text: Tensor | None) -> Tensor:
        n, c, h, w = x.shape
        y = x.view(n, c, h * w).transpose(1, 2)
        y = y + self.over_space(self.norm1(y))
        if self.to_text is not None:
            y = y.reshape(-1, frames * h * w, c)
            y = (y + self.to_text(self.norm2(y), needed(text, "text").to(y.dtype))).view(n, h * w, c)
        y = y + self.feed(self.norm3(y))
        return y.transpose(1, 2).reshape(n, c, h, w)


class Block(nn.Module):
    """ResBlock [+ temporal ResBlock] [+ spatial transformer [+ temporal transformer]]."""

    def __init__(
        self, inner: int, outer: int, embedding: int, text: int, attention: bool, temporal: str, context: int, halvings: int
    ) -> None:
        super().__init__()
        self.res = ResBlock(inner, outer, embedding)
        self.attend = SpatialTransformer(outer, text) if attention else None
        self.temporal_res = TemporalResBlock(outer, embedding, context, halvings) if temporal == BOTH else None
        alone = context if temporal == ATTENTION else 0
        self.temporal_attend = TemporalTransformer(outer, text, alone, halvings) if attention else None

    def forward(
        self, x: Tensor, embedding: Tensor, frames: int, text: tuple[Tensor, Tensor] | None, c_s: Tensor | None, moving: bool
    ) -> Tensor:
        x = self.res(x, embedding)
        if moving and self.temporal_res is not None:
            x = self.temporal_res(x, embedding, frames, c_s)
        if self.attend is not None:
            x = self.attend(x, frames, text[0] if text else None)
        if moving and self.temporal_attend is not None:
            x = self.temporal_attend(x, frames, text[1] if text else None, c_s)
        return x


class Denoiser(nn.Module):
    """sample (B, C, T, h, w), timestep (B, T), ctx_spatial and ctx_temporal (B, L, D), c_s (B, C+1, T, h, w) -> v like sample."""

    def __init__(
        self,
        channels: int | None = None,
        width: int = 96,
        embedding: int = 256,
        text: int = 128,
        temporal: str = BOTH,
        context: str = "temporal",
        labels: int = 0,
    ) -> None:
        """channels: those of the recipe's latents if it is not given."""
        super().__init__()
        channels = channels or latent_space().channels
        a, b, self.width, self.context = width, 2 * width, width, context
        self.embed = nn.Sequential(nn.Linear(width, embedding), nn.SiLU(), nn.Linear(embedding, embedding))
        self.label = nn.Linear(labels, embedding) if labels else None
        self.enter = nn.Conv2d(channels + (channels + 1 if context == "input" else 0), a, 3, padding=1)
        more = channels + 1 if context == "temporal" else 0

        def block(inner: int, outer: int, attention: bool, halvings: int) -> Block:
            return Block(inner, outer, embedding, text, attention, temporal, more, halvings)

        self.down1, self.down2 = block(a, a, False, 0), block(a, a, True, 0)
        self.halve = nn.Conv2d(a, b, 3, stride=2, padding=1)
        self.middle1, self.middle2 = block(b, b, True, 1), block(b, b, True, 1)
        self.enlarge = Upsample(b, a)
        self.up1, self.up2 = block(2 * a, a, True, 0), block(2 * a, a, False, 0)
        self.leave = nn.Sequential(norm(a), nn.SiLU(), nn.Conv2d(a, channels, 3, padding=1))

    def forward(
        self,
        sample: Tensor,
        timestep: Tensor,
        ctx_spatial: Tensor | None = None,
        ctx_temporal: Tensor | None = None,
        c_s: Tensor | None = None,
        moving: bool = True,
        label: Tensor | None = None,
    ) -> Tensor:
        """moving=False: every alpha = 1, the image model. label (B, labels)."""
        frames = sample.shape[2]

        def flat(x: Tensor) -> Tensor:
            return x.transpose(1, 2).flatten(0, 1)

        text = None if ctx_spatial is None else (ctx_spatial, needed(ctx_temporal, "ctx_temporal"))
        embedding = self.embed(sinusoid(timestep.reshape(-1), self.width))
        if self.label is not None:
            embedding = embedding + self.label(label).repeat_interleave(frames, 0)
        x, c_s = flat(sample), None if c_s is None else flat(c_s)
        rest = (embedding, frames, text, c_s, moving)
        h = self.enter(torch.cat([x, needed(c_s, "c_s")], 1) if self.context == "input" else x)
        one = self.down1(h, *rest)
        two = self.down2(one, *rest)
        h = self.middle2(self.middle1(self.halve(two), *rest), *rest)
        h = self.up1(torch.cat([self.enlarge(h), two], 1), *rest)
        h = self.up2(torch.cat([h, one], 1), *rest)
        v = self.leave(h)
        return v.view(-1, frames, *v.shape[1:]).transpose(1, 2)


def is_temporal(name: str) -> bool:
    """Does the parameter of this name belong to a layer that video training adds?"""
    return "temporal_" in name
