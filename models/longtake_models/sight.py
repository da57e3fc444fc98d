"""How judge and car counter see the pictures of any recipe: as 64x128 places, however many pixels a place has.

A larger picture is cut into squares first, so that it costs them no more and none of its pixels is lost.
"""

import torch.nn.functional as F
from torch import Tensor

from .latent_space import LatentSpace, latent_space

ROWS, COLUMNS = 64, 128


def side(space: LatentSpace | None = None) -> int:
    """Pixels of a place, each way. space: that of the recipe if it is not given."""
    rows, columns = (space or latent_space()).picture
    if rows % ROWS or columns * ROWS != rows * COLUMNS:
        raise ValueError(f"data: pictures of {columns}x{rows}, expected {COLUMNS}x{ROWS} or a multiple of both")
    return rows // ROWS


def places(pictures: Tensor, side: int) -> Tensor:
    """(B, C, T, H, W) -> (B, C side^2, T, H / side, W / side)."""
    return F.pixel_unshuffle(pictures.transpose(1, 2), side).transpose(1, 2)
