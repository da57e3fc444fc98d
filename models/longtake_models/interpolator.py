"""The interpolation model: three frames between two keys, the whole denoiser trained, c_s at its first convolution.

A v-model from outside; inside it sees and predicts the residual over the straight line U between the two keys, with
the same preconditioning as the upsampler's (upsampler.py), because most of what lies between two keys is that line.
"""
import torch
from torch import nn

from .denoiser import Denoiser
from .schedule import cosine, over

WINDOW = 5
RESIDUAL = 0.2             # standard deviation of real latents around the line


class Interpolator(nn.Module):
    """sample (B, 8, 5, h, w), timestep (B, 5), c_s (B, 9, 5, h, w) with mask 1, 0, 0, 0, 1 -> v like sample.

    Narrower than the keyframe model and without prompt: the two keys say it all.
    """

    def __init__(self):
        super().__init__()
        self.inner = Denoiser(width=64, text=0, context="input")
        last = self.inner.leave[-1]
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)

    def forward(self, sample, timestep, c_s):
        channels = sample.shape[1]
        way = (torch.arange(WINDOW, device=sample.device) / (WINDOW - 1)).view(1, 1, WINDOW, 1, 1)
        line = (1 - way) * c_s[:, :channels, :1] + way * c_s[:, :channels, WINDOW - 1:]
        alpha, sigma = (over(c, sample) for c in cosine(timestep))
        spread = alpha ** 2 * RESIDUAL ** 2 + sigma ** 2
        d = sample - alpha * line
        guess = self.inner(d * torch.rsqrt(spread), timestep, c_s=c_s).to(sample.dtype)
        return alpha * sigma * (1 - RESIDUAL ** 2) / spread * d - sigma * line + RESIDUAL * torch.rsqrt(spread) * guess

    def loss_scale(self, timestep):
        """1 / (factor of the inner network's output), (B, T)."""
        alpha, sigma = cosine(timestep)
        return torch.sqrt(alpha ** 2 * RESIDUAL ** 2 + sigma ** 2) / RESIDUAL
