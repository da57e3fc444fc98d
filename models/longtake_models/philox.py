"""The noise of a video: standard normal numbers as a function of what they are for, as the Java side draws them.

Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011) and Box-Muller. Key: the seed, low word
first. Counter: block of four numbers within the frame, place of the frame in the video, segment, stream in the upper and step in
the lower 16 bits.
"""

import numpy as np
from numpy.typing import NDArray

from .arrays import Doubles

Words = NDArray[np.uint64]

ROUNDS = 10
MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
WEYL = 0x9E3779B9, 0xBB67AE85
LOW = 0xFFFFFFFF


def words(counter: tuple[Words, Words, Words, Words], key: tuple[int, int]) -> tuple[Words, Words, Words, Words]:
    """Four words of 32 bits for each counter."""
    a, b, c, d = counter
    for number in range(ROUNDS):
        first, second = (np.uint64(key[i] + number * WEYL[i] & LOW) for i in (0, 1))
        left, right = MULTIPLIERS[0] * a, MULTIPLIERS[1] * c
        a, b, c, d = (
            (right >> np.uint64(32)) ^ b ^ first,
            right & np.uint64(LOW),
            (left >> np.uint64(32)) ^ d ^ second,
            left & np.uint64(LOW),
        )
    return a, b, c, d


def normal(u: Words, v: Words) -> tuple[Doubles, Doubles]:
    """Two standard normal numbers of two words; the first word is never taken for 0."""
    radius = np.sqrt(-2 * np.log((u.astype(np.float64) + 1) / 2**32))
    angle = 2 * np.pi * v.astype(np.float64) / 2**32
    return radius * np.cos(angle), radius * np.sin(angle)


def frame(count: int, seed: int, stream: int, segment: int, place: int, step: int = 0) -> Doubles:
    """The first `count` numbers of one frame, in the order of (C, h, w)."""
    blocks = np.arange(-(-count // 4), dtype=np.uint64)
    fixed = (np.full_like(blocks, word & LOW) for word in (place, segment, stream << 16 | step))
    one, two, three = fixed
    a, b, c, d = words((blocks, one, two, three), (seed & LOW, seed >> 32 & LOW))
    return np.stack([*normal(a, b), *normal(c, d)], axis=1).ravel()[:count]


def frames(shape: tuple[int, int, int, int], seed: int, stream: int, segment: int, first: int, step: int = 0) -> Doubles:
    """Noise (C, T, h, w) of a segment whose first frame has a place in the video."""
    channels, count, height, width = shape
    drawn = [frame(channels * height * width, seed, stream, segment, first + t, step) for t in range(count)]
    return np.stack([numbers.reshape(channels, height, width) for numbers in drawn], axis=1)
