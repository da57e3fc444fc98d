"""A test instrument, not part of the product: counts the cars of a frame and tells night from day."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .layers import needed
from .sight import side


class CarCounter(nn.Module):
    """frames (B, 3, H, W) of the recipe's size in [-1, 1] -> cars (B,), expected number of visible cars; night (B,), probability."""

    def __init__(self, square: int | None = None) -> None:
        """square: pixels of a place, each way (sight.py); as the recipe's pictures have it if it is not given."""
        super().__init__()
        self.square = square or side()
        self.body = nn.Sequential(
            nn.Conv2d(3 * self.square**2, 20, 5, stride=2, padding=2),
            nn.ReLU(),
            nn.Conv2d(20, 32, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(32, 48, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(48, 48, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(48, 64, 3, padding=1),
            nn.ReLU(),
        )
        self.density, self.dark = nn.Conv2d(64, 1, 1), nn.Linear(64, 1)
        nn.init.constant_(needed(self.density.bias, "bias"), -3.0)

    def forward(self, frames: Tensor) -> tuple[Tensor, Tensor]:
        x = self.body(F.pixel_unshuffle(frames, self.square))
        return F.softplus(self.density(x)).sum((1, 2, 3)), torch.sigmoid(self.dark(x.mean((2, 3))))[:, 0]
