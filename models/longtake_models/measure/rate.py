"""The measured matrix rate: what this card's fp16 tensor cores give at best, and at the shapes that fill a denoising step."""

import torch

from . import timing
from .rows import Row

# M, N, K. The large one is the floor's rate. The others are the gated feed-forwards of the published size, batch 2 (guidance), T = 8:
# (2*8*h*w, 8C, C) at the three levels that have attention; and the 3x3 convolutions of those levels as matrices, K = 9C.
LARGE = (8192, 8192, 8192)
SHAPES = {
    "large": LARGE,
    "feed-forward 320": (40960, 2560, 320),
    "feed-forward 640": (10240, 5120, 640),
    "feed-forward 1280": (2560, 10240, 1280),
    "convolution 320": (40960, 320, 2880),
    "convolution 640": (10240, 640, 5760),
    "convolution 1280": (2560, 1280, 11520),
}
TINY = {"large": (256, 256, 256)}


def measure(shape: tuple[int, int, int], device: str, dtype: torch.dtype, runs: int) -> Row:
    """A row's times and work of one product, random normal operands: zeros would draw less power and run at a higher clock."""
    m, n, k = shape
    a, b = torch.randn(m, k, device=device).to(dtype), torch.randn(k, n, device=device).to(dtype)
    found = timing.measure(lambda: a @ b, device, runs)
    return {**found, "flop": 2 * m * n * k, "tflops": 2 * m * n * k / found["medianMs"] / 1e9}
