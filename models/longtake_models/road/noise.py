"""The texture that all large patterns are read from: six octaves, and ever fewer of them in its smaller copies."""

import numpy as np

from ..arrays import Pictures

SIZE, CELLS, OCTAVES = 1024, 16, 6


def fractal() -> Pictures:
    """uint8 (SIZE, SIZE), repeating."""
    rng, total = np.random.default_rng(5), np.zeros((SIZE, SIZE))
    for octave in range(OCTAVES):
        cells = CELLS << octave
        grid = rng.random((cells, cells))
        at = np.arange(SIZE) * cells / SIZE
        low = at.astype(int)
        share = at - low
        share = share * share * (3 - 2 * share)
        high = (low + 1) % cells
        rows = grid[low] * (1 - share)[:, None] + grid[high] * share[:, None]
        total += 0.5 ** (octave + 1) * (rows[:, low] * (1 - share) + rows[:, high] * share)
    return np.clip(total * 255, 0, 255).astype(np.uint8)
