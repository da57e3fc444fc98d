"""The two U-Nets of the upsampler, at 1, 1/2 and 1/4 of 64x128: with norms throughout, and lean.

x (N, 48, H, W), the noisy residual in squares; low (N, 3, H s, W s); embedding (N, E) of noise and timestep -> (N, 48, H, W).
"""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import ResBlock, Upsample, norm
from .squares import Unshuffle
from .temporal import CausalConv

EMBEDDING = 192
OverTime = Callable[[nn.Module, Tensor], Tensor]


def over_time(frames: int, moving: bool) -> OverTime:
    """Runs a temporal layer, or leaves it out if every frame stands for itself."""
    return lambda layer, h: layer(h, frames) if moving else h


class Normed(nn.Module):
    """Group norms everywhere, every block told of noise and timestep, sub-pixel convolutions on the way up."""

    def __init__(self, widths: Sequence[int], channels: int, low_square: int) -> None:
        super().__init__()
        a, b, c = widths
        self.cut_low = Unshuffle(low_square)
        self.enter = nn.Conv2d(channels + 3 * low_square**2, a, 3, padding=1)
        self.down1 = ResBlock(a, a, EMBEDDING)
        self.to2 = nn.Conv2d(a, b, 3, stride=2, padding=1)
        self.down2, self.temporal_down2 = ResBlock(b, b, EMBEDDING), CausalConv(b)
        self.to3 = nn.Conv2d(b, c, 3, stride=2, padding=1)
        self.deep1, self.temporal_deep, self.deep2 = ResBlock(c, c, EMBEDDING), CausalConv(c), ResBlock(c, c, EMBEDDING)
        self.from3, self.up2 = Upsample(c, b), ResBlock(b, b, EMBEDDING)
        self.from2, self.up1, self.temporal_up1 = Upsample(b, a), ResBlock(a, a, EMBEDDING), CausalConv(a)
        self.leave = nn.Sequential(norm(a), nn.SiLU(), nn.Conv2d(a, channels, 3, padding=1))

    def forward(self, x: Tensor, low: Tensor, embedding: Tensor, frames: int, moving: bool) -> Tensor:
        run = over_time(frames, moving)
        inside = torch.cat([x, self.cut_low(low)], 1).contiguous(memory_format=torch.channels_last)
        h1 = self.down1(self.enter(inside), embedding)
        h2 = run(self.temporal_down2, self.down2(self.to2(h1), embedding))
        h3 = self.deep2(run(self.temporal_deep, self.deep1(self.to3(h2), embedding)), embedding)
        h2 = self.up2(self.from3(h3) + h2, embedding)
        return self.leave(run(self.temporal_up1, self.up1(self.from2(h2) + h1, embedding)))


class Lean(nn.Module):
    """No norms, and only the deepest blocks are told of noise and timestep: elsewhere values keep an engine's blocked layout.

    The low picture enters by a convolution of its own; the way up is a kernel of one and the nearest value, for the blocks there convolve.
    """

    def __init__(self, widths: Sequence[int], channels: int, low_square: int) -> None:
        super().__init__()
        a, b, c = widths
        self.enter = nn.Conv2d(channels, a, 3, padding=1)
        self.enter_low = nn.Conv2d(3, a, low_square + 2, stride=low_square, padding=1)
        self.down1 = ResBlock(a, a, norms=False)
        self.to2 = nn.Conv2d(a, b, 3, stride=2, padding=1)
        self.down2, self.temporal_down2 = ResBlock(b, b, norms=False), CausalConv(b, norms=False)
        self.to3 = nn.Conv2d(b, c, 3, stride=2, padding=1)
        self.deep1, self.deep2 = ResBlock(c, c, EMBEDDING, norms=False), ResBlock(c, c, EMBEDDING, norms=False)
        self.temporal_deep = CausalConv(c, norms=False)
        self.from3, self.up2 = nn.Conv2d(c, b, 1), ResBlock(b, b, norms=False)
        self.from2, self.up1, self.temporal_up1 = nn.Conv2d(b, a, 1), ResBlock(a, a, norms=False), CausalConv(a, norms=False)
        self.leave = nn.Sequential(nn.SiLU(), nn.Conv2d(a, channels, 3, padding=1))

    def forward(self, x: Tensor, low: Tensor, embedding: Tensor, frames: int, moving: bool) -> Tensor:
        run = over_time(frames, moving)
        h1 = self.down1(self.enter(x.contiguous(memory_format=torch.channels_last)) + self.enter_low(low))
        h2 = run(self.temporal_down2, self.down2(self.to2(h1)))
        h3 = self.deep2(run(self.temporal_deep, self.deep1(self.to3(h2), embedding)), embedding)
        h2 = self.up2(F.interpolate(self.from3(h3), scale_factor=2.0, mode="nearest") + h2)
        return self.leave(run(self.temporal_up1, self.up1(F.interpolate(self.from2(h2), scale_factor=2.0, mode="nearest") + h1)))
