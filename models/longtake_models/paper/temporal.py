"""The layers that make a video model of an image model; x <- alpha x + (1 - alpha) layer(x), one learned alpha each (Sec. 3.1)."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..layers import needed
from .layers import Attention, GeGlu, norm, sinusoid, to_images, to_video


class Merge(nn.Module):
    """alpha = sigmoid(mix); spatial and temporal of the same shape."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Parameter(torch.tensor([0.5]))

    def forward(self, spatial: Tensor, temporal: Tensor) -> Tensor:
        alpha = torch.sigmoid(self.mix)
        return alpha * spatial + (1 - alpha) * temporal


class ContextDown(nn.Module):
    """Learned downsampling of c_s (B*T, C_s, h, w) to a level's size (Sec. 3.2): (B*T, context, h / 2^halvings, w / 2^halvings)."""

    def __init__(self, channels: int, context: int, halvings: int) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(channels, context, 3, padding=1)]
        for _ in range(halvings):
            layers += [nn.SiLU(), nn.Conv2d(context, context, 3, stride=2, padding=1)]
        self.body = nn.Sequential(*layers)

    def forward(self, c_s: Tensor) -> Tensor:
        return self.body(c_s)


class TemporalResBlock(nn.Module):
    """Two Conv3d (3,1,1) around a residual path; context frames enter the first, the embedding of each frame's timestep lies between."""

    def __init__(self, width: int, embedding: int, groups: int, c_s: int = 0, context: int = 0, halvings: int = 0) -> None:
        super().__init__()
        self.context = ContextDown(c_s, context, halvings) if c_s else None
        inner = width + (context if c_s else 0)
        self.norm1, self.conv1 = norm(inner, groups), nn.Conv3d(inner, width, (3, 1, 1), padding=(1, 0, 0))
        self.embed = nn.Linear(embedding, width) if embedding else None
        self.norm2, self.conv2 = norm(width, groups), nn.Conv3d(width, width, (3, 1, 1), padding=(1, 0, 0))
        self.merge = Merge()

    def forward(self, x: Tensor, frames: int, embedding: Tensor | None = None, c_s: Tensor | None = None) -> Tensor:
        """x (B*T, C, h, w), embedding (B*T, E), c_s (B*T, C_s, H, W)."""
        h = x if self.context is None else torch.cat([x, self.context(c_s)], 1)
        h = self.conv1(F.silu(self.norm1(to_video(h, frames))))
        if self.embed is not None:
            h = h + self.embed(F.silu(needed(embedding, "embedding"))).reshape(-1, frames, h.shape[1]).transpose(1, 2)[..., None, None]
        h = to_images(self.conv2(F.silu(self.norm2(h))))
        return self.merge(x, x + h)


class TemporalTransformerBlock(nn.Module):
    """At every pixel: feed-forward, attention over the frames, attention to the prompt, feed-forward; with positions of its own."""

    def __init__(self, width: int, heads: int, text: int) -> None:
        super().__init__()
        self.position = nn.Sequential(nn.Linear(width, 4 * width), nn.SiLU(), nn.Linear(4 * width, width))
        self.norm_in, self.feed_in = nn.LayerNorm(width), GeGlu(width)
        self.norm1, self.attn1 = nn.LayerNorm(width), Attention(width, heads)
        self.norm2, self.attn2 = nn.LayerNorm(width), Attention(width, heads, text)
        self.norm3, self.feed = nn.LayerNorm(width), GeGlu(width)
        self.merge = Merge()

    def forward(self, x: Tensor, frames: int, text: Tensor) -> Tensor:
        """x (B*T, S, C), text (B, L, D)."""
        pixels, width = x.shape[1:]
        place = sinusoid(torch.arange(frames, device=x.device), width).to(x.dtype)
        y = (x.reshape(-1, frames, pixels, width) + self.position(place)[:, None]).transpose(1, 2)  # (B, S, T, C)
        y = y.reshape(-1, frames, width)
        y = y + self.feed_in(self.norm_in(y))
        y = y + self.attn1(self.norm1(y))
        # The prompt is the same for every pixel: one attention of S*T queries a video instead of S copies of its keys.
        y = y.reshape(-1, pixels * frames, width)
        y = y + self.attn2(self.norm2(y), text)
        y = y + self.feed(self.norm3(y))
        y = y.reshape(-1, pixels, frames, width).transpose(1, 2).reshape(-1, pixels, width)
        return self.merge(x, y)
