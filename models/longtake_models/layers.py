"""The few layers that all networks are made of. Images travel as (N, C, H, W), N = batch x frames."""

import math
from typing import TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Layer = TypeVar("Layer", bound=nn.Module)


def norm(channels: int, there: bool = True) -> nn.Module:
    """Of groups; there=False: none, in networks that do better without."""
    return nn.GroupNorm(8, channels) if there else nn.Identity()


def zeroed(layer: Layer) -> Layer:
    """The layer with all its parameters at zero: a residual branch that starts as the identity."""
    for p in layer.parameters():
        nn.init.zeros_(p)
    return layer


def needed(x: Tensor | None, name: str) -> Tensor:
    """An input that is optional to the class, and not to this network, which was built for it."""
    if x is None:
        raise ValueError(f"{name} is missing: this network was built for it")
    return x


class ResBlock(nn.Module):
    """Two 3x3 convolutions with a residual path; scale and shift from an embedding (N, E) if given; with or without norms."""

    def __init__(self, inner: int, outer: int, embedding: int = 0, norms: bool = True) -> None:
        super().__init__()
        self.norm1, self.conv1 = norm(inner, norms), nn.Conv2d(inner, outer, 3, padding=1)
        self.norm2, self.conv2 = norm(outer, norms), zeroed(nn.Conv2d(outer, outer, 3, padding=1))
        self.skip = nn.Conv2d(inner, outer, 1) if inner != outer else nn.Identity()
        self.modulate = nn.Linear(embedding, 2 * outer) if embedding else None

    def forward(self, x: Tensor, embedding: Tensor | None = None) -> Tensor:
        h = self.norm2(self.conv1(F.silu(self.norm1(x))))
        if self.modulate is not None:
            scale, shift = self.modulate(F.silu(needed(embedding, "embedding")))[:, :, None, None].chunk(2, 1)
            h = h * (1 + scale) + shift
        return self.skip(x) + self.conv2(F.silu(h))


class Upsample(nn.Module):
    """(N, C, H, W) -> (N, C', 2H, 2W) by sub-pixel convolution."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inner, outer * 4, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return F.pixel_shuffle(self.conv(x), 2)


class GeGlu(nn.Module):
    """Gated feed-forward over the last axis."""

    def __init__(self, width: int, factor: int = 2) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(width, 2 * factor * width), zeroed(nn.Linear(factor * width, width))

    def forward(self, x: Tensor) -> Tensor:
        value, gate = self.inner(x).chunk(2, -1)
        return self.outer(value * F.gelu(gate, approximate="tanh"))


def attend(query: Tensor, key: Tensor, value: Tensor, bias: Tensor | None = None) -> Tensor:
    """softmax(q k^T / sqrt(d) + bias) v, written out and in fp32: on a CPU and at these sizes (8 to 128 keys) twice as
    fast as the fused kernel, backward included."""
    if torch.is_autocast_enabled(query.device.type):
        with torch.autocast(query.device.type, enabled=False):
            return attend(query.float(), key.float(), value.float(), bias).to(query.dtype)
    score = query * query.shape[-1] ** -0.5 @ key.transpose(-1, -2)
    return torch.softmax(score if bias is None else score + bias, -1) @ value


class Attention(nn.Module):
    """Multi-head attention of x (B, N, C) to context (B, M, D), or to itself; bias (heads, N, M) is added to the scores."""

    def __init__(self, width: int, context: int | None = None, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width, bias=False)
        self.key_value = nn.Linear(context or width, 2 * width, bias=False)
        self.out = zeroed(nn.Linear(width, width))

    def _split(self, x: Tensor) -> Tensor:
        b, n, c = x.shape
        return x.view(b, n, self.heads, c // self.heads).transpose(1, 2)

    def forward(self, x: Tensor, context: Tensor | None = None, bias: Tensor | None = None) -> Tensor:
        key, value = self.key_value(x if context is None else context).chunk(2, -1)
        y = attend(self._split(self.query(x)), self._split(key), self._split(value), bias)
        return self.out(y.transpose(1, 2).reshape(x.shape))


def sinusoid(position: Tensor, width: int, period: float = 10000.0) -> Tensor:
    """(…) -> (…, width): cosines and sines of geometrically spaced frequencies."""
    rates = torch.exp(-math.log(period) * torch.arange(width // 2, device=position.device) / (width // 2))
    angle = position[..., None].float() * rates
    return torch.cat([angle.cos(), angle.sin()], -1)


def channels_last(network: Layer) -> Layer:
    """The network with its 2D convolution weights in channels-last order (faster on CPUs)."""
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            layer.weight.data = layer.weight.data.contiguous(memory_format=torch.channels_last)
    return network
