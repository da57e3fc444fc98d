"""The interpolation model: three frames between two keys, at two rates; the whole denoiser trained, c_s at its first convolution.

A v-model from outside; inside it sees and predicts the residual over the straight line U between the two keys, with
the same preconditioning as the upsampler's (upsampler.py), because most of what lies between two keys is that line.
"""

import torch
from torch import Tensor, nn

from .config import load
from .denoiser import Denoiser
from .layers import zeroed
from .schedule import cosine, over

WINDOW = 5
CALLS = 5  # of the network for a window, undistilled
LOW, HIGH = 0.0, 1.0  # the label: keys at 1.5 fps -> 6 fps, keys at 6 fps -> 24 fps


class Interpolator(nn.Module):
    """sample (B, C, 5, h, w), timestep (B, 5), c_s (B, C+1, 5, h, w) with mask 1, 0, 0, 0, 1, rate (B,) -> v like sample.

    Narrower than the keyframe model and without prompt: the two keys say it all. `residual`: standard deviation of real latents
    around the line, at LOW and at HIGH, which training measures first.
    """

    residual: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.inner = Denoiser(width=64, text=0, context="input", labels=1)
        zeroed(self.inner.leave[-1])
        self.register_buffer("residual", torch.tensor([0.6, 0.3]))

    def forward(self, sample: Tensor, timestep: Tensor, c_s: Tensor, rate: Tensor) -> Tensor:
        line = straight(c_s[:, :-1])
        alpha, sigma = (over(c) for c in cosine(timestep))
        r = self._residual(rate).view(-1, 1, 1, 1, 1)
        spread = alpha**2 * r**2 + sigma**2
        d = sample - alpha * line
        guess = self.inner(d * torch.rsqrt(spread), timestep, c_s=c_s, label=rate[:, None]).to(sample.dtype)
        return alpha * sigma * (1 - r**2) / spread * d - sigma * line + r * torch.rsqrt(spread) * guess

    def loss_scale(self, timestep: Tensor, rate: Tensor) -> Tensor:
        """1 / (factor of the inner network's output), (B, T)."""
        alpha, sigma = cosine(timestep)
        r = self._residual(rate)[:, None]
        return torch.sqrt(alpha**2 * r**2 + sigma**2) / r

    def _residual(self, rate: Tensor) -> Tensor:
        """That of each label (B,)."""
        low, high = self.residual
        return low + (high - low) * rate


def distilled() -> bool:
    """Whether the recipe has such a part."""
    return "interpolation_student" in load()


def calls() -> int:
    """Of the network for a window, as it ships."""
    found: int = load()["interpolation_student"]["calls"] if distilled() else CALLS
    return found


def straight(z: Tensor) -> Tensor:
    """The line from the first to the last frame of z (B, C, WINDOW, h, w)."""
    way = (torch.arange(WINDOW, device=z.device) / (WINDOW - 1)).view(1, 1, WINDOW, 1, 1)
    return (1 - way) * z[:, :, :1] + way * z[:, :, WINDOW - 1 :]
