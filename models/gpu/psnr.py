"""`python psnr.py A.rgb B.rgb [LEAST]`: PSNR of two films of 8-bit RGB in dB, whole and of the worst frame of 512x256; exit 1 below LEAST."""
import math
import sys

import numpy as np

FRAME = 512 * 256 * 3


def psnr(a, b):
    error = np.mean((a.astype(np.float64) - b) ** 2)
    return math.inf if error == 0 else 10 * math.log10(255 ** 2 / error)


def main(first, second, least="0"):
    a, b = (np.fromfile(path, np.uint8).reshape(-1, FRAME) for path in (first, second))
    if a.shape != b.shape:
        sys.exit(f"{first} has {len(a)} frames, {second} has {len(b)}")
    whole = psnr(a, b)
    print(f"PSNR of {len(a)} frames: {whole:.2f} dB, worst frame {min(psnr(x, y) for x, y in zip(a, b)):.2f} dB")
    sys.exit(whole < float(least))


if __name__ == "__main__":
    main(*sys.argv[1:])
