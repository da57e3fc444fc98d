"""What all networks of the published size are made of. Images travel as (B*T, C, h, w), tokens as (N, S, C)."""

import math
from typing import TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Network = TypeVar("Network", bound=nn.Module)


def norm(channels: int, groups: int, eps: float = 1e-5) -> nn.GroupNorm:
    return nn.GroupNorm(groups, channels, eps=eps)


class Attention(nn.Module):
    """Multi-head attention of x (N, S, C) to context (N, L, D), or to itself.

    Two ways to the same numbers: the fused kernel for PyTorch, and `fused = False` for export, MatMul - Softmax - MatMul over
    (N, heads, S, d) with nothing but the Softmax between the two. That is the pattern that TensorRT compiles to one attention kernel;
    its documentation ("Fused Attention") asks for the scale on the query, before the first MatMul: there, in fp16, the product of
    160 terms could overflow before it is scaled. Whether it fuses heads of 40, 80 and 160 on a given card, its layer list tells.
    """

    fused = True

    def __init__(self, width: int, heads: int, context: int | None = None) -> None:
        super().__init__()
        self.heads = heads
        self.to_q = nn.Linear(width, width, bias=False)
        self.to_k = nn.Linear(context or width, width, bias=False)
        self.to_v = nn.Linear(context or width, width, bias=False)
        self.to_out = nn.Linear(width, width)

    def _split(self, x: Tensor) -> Tensor:
        return x.reshape(-1, x.shape[1], self.heads, x.shape[2] // self.heads).transpose(1, 2)

    def forward(self, x: Tensor, context: Tensor | None = None, mask: Tensor | None = None) -> Tensor:
        """mask (S, L), added to the scores."""
        context = x if context is None else context
        query, key, value = self._split(self.to_q(x)), self._split(self.to_k(context)), self._split(self.to_v(context))
        if self.fused:
            y = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        else:
            score = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
            y = torch.softmax(score if mask is None else score + mask, -1) @ value
        return self.to_out(y.transpose(1, 2).reshape(-1, x.shape[1], x.shape[2]))


def written_out(network: Network) -> Network:
    """The network with every attention in the form that exports."""
    for layer in network.modules():
        if isinstance(layer, Attention):
            layer.fused = False
    return network


class GeGlu(nn.Module):
    """Gated feed-forward over the last axis, four times as wide inside."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(width, 8 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        value, gate = self.inner(x).chunk(2, -1)
        return self.outer(value * F.gelu(gate))


def sinusoid(position: Tensor, width: int, period: float = 10000.0) -> Tensor:
    """(N,) -> (N, width) in fp32: the angle of a timestep of 1000 has no room in fp16."""
    rates = torch.exp(-math.log(period) * torch.arange(width // 2, device=position.device, dtype=torch.float32) / (width // 2))
    angle = position[:, None].float() * rates
    return torch.cat([angle.cos(), angle.sin()], -1)


def to_video(x: Tensor, frames: int) -> Tensor:
    """(B*T, C, h, w) -> (B, C, T, h, w)."""
    return x.reshape(-1, frames, *x.shape[1:]).transpose(1, 2)


def to_images(x: Tensor) -> Tensor:
    """(B, C, T, h, w) -> (B*T, C, h, w)."""
    return x.transpose(1, 2).reshape(-1, x.shape[1], *x.shape[3:])
