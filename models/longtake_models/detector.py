"""A test instrument, not part of the product: finds the cars of a frame, as boxes.

Each cell of its answer says whether the centre of a car is in it, where in it, and how large the car is (CenterNet, 1904.07850).
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .arrays import Floats
from .config import made
from .layers import needed
from .sight import side

CELL = 4  # places (sight.py) of a cell, each way
SURE, SAME = 0.4, 0.5  # least probability of a centre; overlap from which on two boxes are one car


class Detector(nn.Module):
    """frames (B, 3, H, W) of the recipe's size in [-1, 1] -> answer (B, 5, h, w) over cells.

    Logit of a centre; its x and y from the cell's corner, in cells; logarithms of width and height, in pictures.
    """

    def __init__(self, square: int | None = None) -> None:
        """square: pixels of a place, each way; as the recipe's pictures have it if it is not given."""
        super().__init__()
        self.square = square or side()
        self.enter = nn.Sequential(
            nn.Conv2d(3 * self.square**2, 24, 5, stride=2, padding=2), nn.SiLU(), nn.Conv2d(24, 48, 3, stride=2, padding=1), nn.SiLU()
        )
        # A near car is a third of the picture: the layers look further and further around a cell.
        self.around = nn.ModuleList([nn.Conv2d(48, 48, 3, padding=far, dilation=far) for far in (1, 2, 4, 1, 2, 1)])
        self.leave = nn.Conv2d(48, 5, 1)
        with torch.no_grad():
            needed(self.leave.bias, "bias").copy_(torch.tensor([-4.0, 0.5, 0.5, -2.0, -2.0]))

    def forward(self, frames: Tensor) -> Tensor:
        x = self.enter(F.pixel_unshuffle(frames, self.square))
        for layer in self.around:
            x = x + F.silu(layer(x))
        return self.leave(x)


def boxes(answer: Tensor) -> list[Floats]:
    """Answer of a batch -> for each frame (n, 5): x0, y0, x1, y1 in 0..1 of the picture and probability, the surest first."""
    likely = answer[:, 0].sigmoid()
    peaks = (likely >= SURE) & (likely == F.max_pool2d(likely, 3, 1, 1))
    rows, columns = likely.shape[1:]
    found = []
    for chance, here, peak in zip(likely, answer, peaks):
        y, x = peak.nonzero().T
        centre_x, centre_y = (x + here[1, y, x]) / columns, (y + here[2, y, x]) / rows
        half = here[3:, y, x].exp() / 2
        each = torch.stack([centre_x - half[0], centre_y - half[1], centre_x + half[0], centre_y + half[1], chance[y, x]], 1)
        found.append(_apart(each[each[:, 4].argsort(descending=True)].numpy()))
    return found


def overlap(a: Floats, b: Floats) -> Floats:
    """Intersection over union of every box of a (n, ≥ 4) with every box of b (m, ≥ 4), (n, m)."""
    first, second = torch.from_numpy(a[:, None, :4]), torch.from_numpy(b[None, :, :4])
    inside = (torch.minimum(first[..., 2:], second[..., 2:]) - torch.maximum(first[..., :2], second[..., :2])).clamp(min=0).prod(-1)
    areas = [(x[..., 2:] - x[..., :2]).prod(-1) for x in (first, second)]
    found: Floats = (inside / (areas[0] + areas[1] - inside).clamp(min=1e-9)).numpy()
    return found


def _apart(ordered: Floats) -> Floats:
    """Without those that a surer one covers."""
    kept: list[int] = []
    for i in range(len(ordered)):
        if not kept or overlap(ordered[i : i + 1], ordered[kept]).max() < SAME:
            kept.append(i)
    return ordered[kept]


def read() -> Detector:
    """The trained detector, ready to run."""
    network = Detector()
    network.load_state_dict(torch.load(made("detector.pt", "train detector"), weights_only=True))
    return network.eval().requires_grad_(False)
