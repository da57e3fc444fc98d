"""Pictures cut into squares: unshuffling and bilinear enlargement as convolutions with fixed kernels.

The numbers of F.pixel_unshuffle and F.interpolate. Written out, those are transposes of six axes and a resize, which took a seventh of the
upsampler's time on a CPU and end every blocked layout of an engine.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Unshuffle(nn.Module):
    """(N, 3, side H, side W) -> (N, 3 side^2, H, W), in the order of F.pixel_unshuffle."""

    kernel: Tensor

    def __init__(self, side: int) -> None:
        super().__init__()
        self.side = side
        self.register_buffer("kernel", torch.eye(3 * side**2).view(-1, 3, side, side), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return exact(x, self.kernel, self.side)


class Enlarge(nn.Module):
    """(N, 3, h, w) enlarged bilinearly by `factor` (1, 2 or 4), then unshuffled by `side`: (N, 3 side^2, factor h / side, …)."""

    kernel: Tensor

    def __init__(self, factor: int, side: int) -> None:
        super().__init__()
        self.step = side // factor
        seen = self.step + 2  # pixels that one square depends on, each way
        line = F.interpolate(torch.eye(seen)[None], scale_factor=float(factor), mode="linear", align_corners=False)[0]
        line = line[:, factor : factor + side]  # what each of them gives to the pixels of the square in their middle
        colours = torch.einsum("yi,xj,ab->aijbyx", line, line, torch.eye(3))
        self.register_buffer("kernel", colours.reshape(3 * side**2, 3, seen, seen), persistent=False)

    def forward(self, low: Tensor) -> Tensor:
        return exact(F.pad(low, (1, 1, 1, 1), mode="replicate"), self.kernel, self.step)


def exact(x: Tensor, kernel: Tensor, step: int) -> Tensor:
    """A convolution in fp32, whatever is computed around it in half precision."""
    if torch.is_autocast_enabled(x.device.type):
        with torch.autocast(x.device.type, enabled=False):
            return exact(x.float(), kernel, step)
    return F.conv2d(x, kernel, stride=step)
