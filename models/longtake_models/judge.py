"""The judge: a test instrument, not part of the product. Its features are the space of our Fréchet video distance.

One small network over eight frames. It names the four conditions, measures speed, curvature and cars, and tells a real
clip from one that flickers, is shuffled in time, blurred or noisy, so that its features must see motion and texture.
"""

import hashlib

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .config import made
from .layers import needed
from .sight import places, side
from .world import scene

FRAMES, FEATURES = 8, 128
CONDITIONS = scene.VALUES
ORDERS = ("clean", "flicker", "shuffled", "blurred", "noisy")
MODES = ("6fps", "24fps", "large")  # keyframes; consecutive frames; consecutive crops, as large as a small picture, of large ones
SIGHT = 24  # channels of the last map that keep their place in the picture


class Stage(nn.Module):
    """(B, C, T, h, w) -> (B, C', T, h/2, w/2): a strided convolution per frame, then a residual one over time."""

    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.space = nn.Conv3d(channels, out, (1, 3, 3), (1, 2, 2), (0, 1, 1))
        self.time = nn.Conv3d(out, out, (3, 1, 1), padding=(1, 0, 0))

    def forward(self, x: Tensor) -> Tensor:
        x = F.silu(self.space(x))
        return x + F.silu(self.time(x))


class Judge(nn.Module):
    """frames (B, 3, 8, H, W) of the recipe's size in [-1, 1], mode int64 (B,), place in MODES -> dictionary of findings.

    features (B, 128); a (B, n) table of logits per condition and for `order`; speed m/s and curvature 1/m (B,);
    cars (B, 8), visible in each frame.
    """

    motion_mean: Tensor
    motion_spread: Tensor

    def __init__(self, square: int | None = None) -> None:
        """square: pixels of a place, each way (sight.py); as the recipe's pictures have it if it is not given."""
        super().__init__()
        self.square = square or side()
        self.entry = nn.Conv3d(6 * self.square**2, 24, (1, 5, 5), (1, 2, 2), (0, 2, 2))
        self.mode = nn.Embedding(len(MODES), 24)
        self.fine, self.middle, self.coarse = Stage(24, 48), Stage(48, 64), Stage(64, 96)
        self.density, self.sight = nn.Conv3d(64, 1, 1), nn.Conv3d(96, SIGHT, 1)
        self.join, self.drop = nn.Linear(2 * SIGHT * 4 * 8, FEATURES), nn.Dropout(0.2)
        sizes = {**{k: len(v) for k, v in CONDITIONS.items()}, "order": len(ORDERS), "motion": 2}
        self.heads = nn.ModuleDict({k: nn.Linear(FEATURES, n) for k, n in sizes.items()})
        self.register_buffer("motion_mean", torch.zeros(2))  # of speed and curvature, set by the trainer
        self.register_buffer("motion_spread", torch.ones(2))
        nn.init.constant_(needed(self.density.bias, "bias"), -3.0)
        nn.init.zeros_(self.mode.weight)

    def forward(self, frames: Tensor, mode: Tensor) -> dict[str, Tensor]:
        before = torch.cat([frames[:, :, :1], frames[:, :, :-1]], 2)
        x = self.entry(places(torch.cat([frames, 4 * (frames - before)], 1), self.square)) + self.mode(mode)[:, :, None, None, None]
        x = self.middle(self.fine(F.silu(x)))
        cars = F.softplus(self.density(x)).sum((1, 3, 4))
        seen = F.silu(self.sight(self.coarse(x))).transpose(1, 2).flatten(2)  # (B, 8, SIGHT 4 8)
        change = (seen[:, 1:] - seen[:, :-1]).abs().mean(1)
        features = F.silu(self.join(torch.cat([seen.mean(1), change], 1)))
        found = {k: head(self.drop(features)) for k, head in self.heads.items()}
        motion = found.pop("motion") * self.motion_spread + self.motion_mean
        return {**found, "features": features, "speed": motion[:, 0], "curvature": motion[:, 1], "cars": cars}


def read() -> Judge:
    """The trained judge, ready to run."""
    network = Judge()
    network.load_state_dict(torch.load(made("judge.pt", "train judge"), weights_only=True))
    return network.eval().requires_grad_(False)


def digest(network: nn.Module) -> str:
    """First 12 hex digits of the SHA-256 of all weights: two distances compare only under the same digest."""
    total = hashlib.sha256()
    for name, value in sorted(network.state_dict().items()):
        total.update(name.encode() + value.detach().cpu().contiguous().numpy().tobytes())
    return total.hexdigest()[:12]
