"""The temporal layers of the Video LDM: what turns the image denoiser into a video denoiser.

Each is a residual branch behind a learned merge, x <- alpha x + (1 - alpha) (x + branch(x)): with alpha = 1, or with the
zero-initialised last layers, exactly the image model remains. x is (B*T, C, h, w) throughout.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import Attention, GeGlu, needed, norm, sinusoid, zeroed

CONTEXT = 32  # channels that the learned downsampling of c_s brings into each temporal block
REACH = 8  # frames: temporal attention looks less far than this


class Merge(nn.Module):
    """alpha = sigmoid(mix), one number per temporal layer; returns x + (1 - alpha) branch."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Parameter(torch.tensor(-2.0))

    def forward(self, x: Tensor, branch: Tensor) -> Tensor:
        return x + (1 - torch.sigmoid(self.mix)) * branch


class ContextDown(nn.Module):
    """Learned downsampling of c_s (B*T, C+1, h, w) to the resolution of a block: (B*T, CONTEXT, h', w')."""

    def __init__(self, channels: int, halvings: int) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(channels, CONTEXT, 3, padding=1)]
        for _ in range(halvings):
            layers += [nn.SiLU(), nn.Conv2d(CONTEXT, CONTEXT, 3, stride=2, padding=1)]
        self.body = nn.Sequential(*layers)

    def forward(self, c_s: Tensor) -> Tensor:
        return self.body(c_s)


class TemporalResBlock(nn.Module):
    """Conv3d (3,1,1) over features and context, per-frame time embedding, then Conv3d (1,3,3), zero-initialised.

    The second kernel is spatial where the paper's is (3,1,1) again: between keyframes the road moves by more than a
    latent cell, and the frozen spatial layers cannot carry what the temporal ones bring across cells.
    """

    def __init__(self, channels: int, embedding: int, context: int, halvings: int) -> None:
        super().__init__()
        self.context = ContextDown(context, halvings) if context else None
        inner = channels + (CONTEXT if context else 0)
        self.norm1, self.conv1 = norm(channels), nn.Conv3d(inner, channels, (3, 1, 1), padding=(1, 0, 0))
        self.embed = nn.Linear(embedding, channels)
        self.norm2, self.conv2 = norm(channels), zeroed(nn.Conv3d(channels, channels, (1, 3, 3), padding=(0, 1, 1)))
        self.merge = Merge()

    def forward(self, x: Tensor, embedding: Tensor, frames: int, c_s: Tensor | None) -> Tensor:
        n, c, h, w = x.shape
        y = F.silu(self.norm1(x))
        if self.context is not None:
            y = torch.cat([y, self.context(c_s).to(y.dtype)], 1)
        y = self.conv1(y.view(-1, frames, y.shape[1], h, w).transpose(1, 2)).transpose(1, 2).reshape(n, c, h, w)
        y = F.silu(self.norm2(y + self.embed(F.silu(embedding))[:, :, None, None]))
        y = F.conv2d(y, self.conv2.weight[:, :, 0], self.conv2.bias, padding=1)
        return self.merge(x, y)


class CausalConv(nn.Module):
    """x (B*T, C, h, w) + zero-initialised convolution over frames t-2, t-1, t; the first frame is repeated backwards."""

    def __init__(self, channels: int, norms: bool = True) -> None:
        super().__init__()
        self.norm = norm(channels, norms)
        self.conv = zeroed(nn.Conv3d(channels, channels, (3, 1, 1)))

    def forward(self, x: Tensor, frames: int) -> Tensor:
        n, c, h, w = x.shape
        y = F.silu(self.norm(x)).view(-1, frames, c, h, w).transpose(1, 2)
        y = self.conv(torch.cat([y[:, :, :1], y[:, :, :1], y], 2))
        return x + y.transpose(1, 2).reshape(n, c, h, w)


class RelativePosition(nn.Module):
    """Bias (heads, T, T) of temporal attention, learned from the sinusoid of i - j, so it is the same anywhere in a window of any length.

    Frames REACH or more apart do not see each other: what is learned on REACH frames holds in longer windows (Video LDM, App. D).
    """

    def __init__(self, heads: int, width: int = 32) -> None:
        super().__init__()
        self.width = width
        self.body = nn.Sequential(nn.Linear(width, width), nn.SiLU(), nn.Linear(width, heads))

    def forward(self, frames: int, device: torch.device) -> Tensor:
        place = torch.arange(frames, device=device)
        apart = place[:, None] - place[None]
        bias = self.body(sinusoid(apart, self.width, 100.0)).permute(2, 0, 1).float()
        return bias.masked_fill(apart.abs() >= REACH, float("-inf"))


class TemporalTransformer(nn.Module):
    """At every pixel: attention over the frames; then attention to the prompt; then a gated feed-forward.

    `context`: channels of c_s where this layer has to bring the given frames in itself (the model without temporal convolutions).
    """

    def __init__(self, channels: int, text: int, context: int = 0, halvings: int = 0, heads: int = 4) -> None:
        super().__init__()
        self.context = ContextDown(context, halvings) if context else None
        self.given = zeroed(nn.Linear(CONTEXT, channels)) if context else None
        self.relative = RelativePosition(heads)
        self.norm1, self.over_time = nn.LayerNorm(channels), Attention(channels, heads=heads)
        self.norm2, self.to_text = nn.LayerNorm(channels), Attention(channels, text) if text else None
        self.norm3, self.feed = nn.LayerNorm(channels), GeGlu(channels, 1)
        self.merge = Merge()

    def forward(self, x: Tensor, frames: int, text: Tensor | None, c_s: Tensor | None) -> Tensor:
        """text (B, L, D) or None."""
        n, c, h, w = x.shape
        b, s = n // frames, h * w
        tokens = x.view(b, frames, c, s).permute(0, 3, 1, 2)  # (B, S, T, C)
        y = start = tokens.reshape(b * s, frames, c)
        if self.context is not None and self.given is not None:
            given = self.given(self.context(c_s).view(b, frames, CONTEXT, s).permute(0, 3, 1, 2))
            y = y + given.reshape(b * s, frames, c).to(y.dtype)
        y = y + self.over_time(self.norm1(y), bias=self.relative(frames, x.device))
        if self.to_text is not None:
            y = y.reshape(b, s * frames, c)
            y = (y + self.to_text(self.norm2(y), needed(text, "text").to(y.dtype))).reshape(b * s, frames, c)
        y = y + self.feed(self.norm3(y))
        branch = (y - start).view(b, s, frames, c)
        return self.merge(x, branch.permute(0, 2, 3, 1).reshape(n, c, h, w))
