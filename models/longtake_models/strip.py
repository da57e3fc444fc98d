"""`python -m longtake_models.strip --out FILE`: contact sheets of generated films; nothing rendered is on them.

Rows are prompts, columns are keyframes half a second apart; with --large, single frames after the upsampler.
"""
import argparse
import os

import numpy as np
from PIL import Image

from .film import Studio, picture

PROMPTS = ("driving by day on an empty road", "driving by day in heavy traffic", "a drive at night on a deserted road",
           "a drive at night in heavy traffic", "winding road, rain", "foggy day, many cars",
           "around a bend at noon, clear sky", "straight road at night in the rain")


def save(rows, path):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    Image.fromarray(np.concatenate([np.concatenate(row, 1) for row in rows], 0)).save(path, optimize=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--segments", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--every", type=int, default=3)
    parser.add_argument("--large", action="store_true")
    chosen = parser.parse_args()
    studio, rows = Studio(), []
    for i, prompt in enumerate(PROMPTS):
        keys = studio.keys(prompt, chosen.segments, chosen.seed + i)
        if chosen.large:
            low = studio.frames(studio.latents(keys[:, :, -3:], chosen.seed))
            rows.append([picture(studio.large(low, chosen.seed)[0, :, 4])])
        else:
            rows.append(list(picture(studio.frames(keys)[0].transpose(0, 1))[::chosen.every]))
    if chosen.large:
        rows = [sum(rows[i:i + 2], []) for i in range(0, len(rows), 2)]
    save(rows, chosen.out)


if __name__ == "__main__":
    main()
