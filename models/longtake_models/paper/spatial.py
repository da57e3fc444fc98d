"""The layers of Stable Diffusion: they see every frame as an image of its own."""

import torch.nn.functional as F
from torch import Tensor, nn

from ..layers import needed
from .layers import Attention, GeGlu, norm


class ResBlock(nn.Module):
    """Two 3x3 convolutions around a residual path; the embedding (B*T, E), where there is one, is added between them."""

    def __init__(self, inner: int, outer: int, embedding: int, groups: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.norm1, self.conv1 = norm(inner, groups, eps), nn.Conv2d(inner, outer, 3, padding=1)
        self.embed = nn.Linear(embedding, outer) if embedding else None
        self.norm2, self.conv2 = norm(outer, groups, eps), nn.Conv2d(outer, outer, 3, padding=1)
        self.skip = nn.Conv2d(inner, outer, 1) if inner != outer else nn.Identity()

    def forward(self, x: Tensor, embedding: Tensor | None = None) -> Tensor:
        h = self.conv1(F.silu(self.norm1(x)))
        if self.embed is not None:
            h = h + self.embed(F.silu(needed(embedding, "embedding")))[:, :, None, None]
        return self.skip(x) + self.conv2(F.silu(self.norm2(h)))


class TransformerBlock(nn.Module):
    """tokens (B*T, S, C): attention over the pixels of a frame, to the prompt (B, L, D), gated feed-forward.

    `only_text`: the first attention looks at the prompt too, as in the x4 upscaler's fine levels.
    """

    def __init__(self, width: int, heads: int, text: int, only_text: bool) -> None:
        super().__init__()
        self.norm1, self.attn1 = nn.LayerNorm(width), Attention(width, heads, text if only_text else None)
        self.norm2, self.attn2 = nn.LayerNorm(width), Attention(width, heads, text)
        self.norm3, self.feed = nn.LayerNorm(width), GeGlu(width)
        self.only_text = only_text

    def forward(self, x: Tensor, frames: int, text: Tensor) -> Tensor:
        x = x + (to_prompt(self.attn1, self.norm1(x), frames, text) if self.only_text else self.attn1(self.norm1(x)))
        x = x + to_prompt(self.attn2, self.norm2(x), frames, text)
        return x + self.feed(self.norm3(x))


def to_prompt(attention: Attention, x: Tensor, frames: int, text: Tensor) -> Tensor:
    """All tokens of all frames ask the video's prompt: one call over T*S queries, so that keys and values are made once a video."""
    n, width = x.shape[1:]
    return attention(x.reshape(-1, frames * n, width), text).reshape(-1, n, width)


class Downsample(nn.Module):
    """Half the size by a strided 3x3 convolution."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, stride=2, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x)


class Upsample(nn.Module):
    """Twice the size: nearest pixel, then a 3x3 convolution."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))
