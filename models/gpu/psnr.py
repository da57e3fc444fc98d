"""`python psnr.py A.rgb B.rgb [LEAST]`: PSNR in dB of two videos of 8-bit RGB, whole and of the worst frame of 512x256.

Status 1 if it is below LEAST.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FRAME = 512 * 256 * 3


def psnr(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    error = float(np.mean((a.astype(np.float64) - b) ** 2))
    return math.inf if error == 0 else 10 * math.log10(255**2 / error)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="psnr.py", description="PSNR of two videos of 8-bit RGB, frames of 512x256.")
    parser.add_argument("first", type=Path, metavar="A.rgb")
    parser.add_argument("second", type=Path, metavar="B.rgb")
    parser.add_argument("least", type=float, nargs="?", default=0.0, metavar="LEAST", help="dB; status 1 below them")
    chosen = parser.parse_args(argv)
    a, b = (frames(parser, path) for path in (chosen.first, chosen.second))
    if a.shape != b.shape:
        sys.exit(f"{chosen.first} has {len(a)} frames, {chosen.second} has {len(b)}")
    whole = psnr(a, b)
    print(f"PSNR of {len(a)} frames: {whole:.2f} dB, worst frame {min(psnr(x, y) for x, y in zip(a, b)):.2f} dB")
    sys.exit(whole < chosen.least)


def frames(parser: argparse.ArgumentParser, path: Path) -> NDArray[np.uint8]:
    """(frames, FRAME) of a file."""
    if not path.is_file() or path.stat().st_size == 0 or path.stat().st_size % FRAME:
        parser.error(f"{path} is no file of whole frames of 512x256, {FRAME} bytes each")
    return np.fromfile(path, np.uint8).reshape(-1, FRAME)


if __name__ == "__main__":
    main()
