"""Stable Diffusion's decoder (128 channels, 1, 2, 4, 4) with a temporal residual block after each of its own (Sec. 3.1.1).

Kernels are (3,1,1) as in the authors' later decoder; the paper's Table 8 prints (3,3,3).
"""

import torch.nn.functional as F
from torch import Tensor, nn

from .layers import Attention, norm, to_images, to_video
from .spatial import ResBlock, Upsample
from .temporal import TemporalResBlock


class Pair(nn.Module):
    """A residual block and its temporal one."""

    def __init__(self, inner: int, outer: int, groups: int) -> None:
        super().__init__()
        self.res, self.temporal_res = ResBlock(inner, outer, 0, groups, 1e-6), TemporalResBlock(outer, 0, groups)

    def forward(self, x: Tensor, frames: int) -> Tensor:
        return self.temporal_res(self.res(x), frames)


class VideoDecoder(nn.Module):
    """latent (B, 4, T, h, w), unscaled -> frames (B, 3, T, 8h, 8w), both fp32."""

    def __init__(self, divisor: int = 1) -> None:
        super().__init__()
        groups, levels = 32 // divisor, [c // divisor for c in (512, 512, 256, 128)]
        width = levels[0]
        self.post_quant, self.enter = nn.Conv2d(4, 4, 1), nn.Conv2d(4, width, 3, padding=1)
        self.middle1, self.middle2 = Pair(width, width, groups), Pair(width, width, groups)
        self.norm, self.attention = norm(width, groups, 1e-6), Attention(width, 1)
        self.up = nn.ModuleList()
        for level, outer in enumerate(levels):
            for _ in range(3):
                self.up.append(Pair(width, outer, groups))
                width = outer
            if level < len(levels) - 1:
                self.up.append(Upsample(width))
        self.leave_norm, self.leave = norm(width, groups, 1e-6), nn.Conv2d(width, 3, 3, padding=1)
        self.temporal_leave = nn.Conv3d(3, 3, (3, 1, 1), padding=(1, 0, 0))

    def forward(self, latent: Tensor) -> Tensor:
        frames = latent.shape[2]
        x = self.middle1(self.enter(self.post_quant(to_images(latent.to(self.enter.weight.dtype)))), frames)
        _, c, h, w = x.shape
        y = self.attention(self.norm(x).reshape(-1, c, h * w).transpose(1, 2))
        x = self.middle2(x + y.transpose(1, 2).reshape(-1, c, h, w), frames)
        for layer in self.up:
            x = layer(x, frames) if isinstance(layer, Pair) else layer(x)
        x = self.leave(F.silu(self.leave_norm(x)))
        return self.temporal_leave(to_video(x, frames)).float()
