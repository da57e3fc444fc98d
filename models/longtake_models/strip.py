"""`python -m longtake_models.strip [--out DIR]`: what the model makes, three films of eight frames for every condition; nothing rendered is on them.

One sheet an attribute (time-of-day.jpg, …): three rows a value, columns are keyframes of a film of four segments; what the prompt leaves
open is the model's choice. large.jpg: single frames of eight prompts after interpolation, decoder and upsampler.
"""
import argparse
import os

import numpy as np
from PIL import Image

from .config import HERE
from .film import Studio, picture

FILMS, SHOWN, SEGMENTS = 3, 8, 4
PROMPTS = {
    "time-of-day": ("a drive by day", "a drive at dusk", "a drive at night"),
    "traffic": ("driving on an empty road", "driving in light traffic", "driving in heavy traffic"),
    "weather": ("driving in clear weather", "driving in the rain", "driving in fog"),
    "road": ("on a straight road", "on a winding road"),
}
LARGE = ("driving by day on an empty road", "driving by day in heavy traffic", "a drive at night on a deserted road",
         "a drive at night in heavy traffic", "winding road at dusk", "foggy day, many cars",
         "around a bend at noon, clear sky", "straight road at dusk in the rain, a few cars")


def save(rows, path):
    Image.fromarray(np.concatenate([np.concatenate(row, 1) for row in rows], 0)).save(path, quality=88, subsampling=0)


def sheet(studio, prompts, seed):
    """Rows of SHOWN pictures: FILMS films of every prompt."""
    asked = [prompt for prompt in prompts for _ in range(FILMS)]
    films = studio.frames(studio.keys_batch(asked, SEGMENTS, [seed + i for i in range(len(asked))]))
    places = np.linspace(0, films.shape[2] - 1, SHOWN).round().astype(int)
    return [list(picture(film[:, places].transpose(0, 1))) for film in films]


def large(studio, prompt, seed):
    """One frame of the fourth segment at full size."""
    keys = studio.keys(prompt, SEGMENTS, seed)[:, :, -3:]
    return picture(studio.large(studio.frames(studio.latents(keys, seed)), seed)[0, :, 4])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=os.path.join(HERE, "..", "strip"))
    parser.add_argument("--profile", default="few", choices=["few", "full"])
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    os.makedirs(chosen.out, exist_ok=True)
    studio = Studio(chosen.profile)
    for name, prompts in PROMPTS.items():
        save(sheet(studio, prompts, chosen.seed), os.path.join(chosen.out, name + ".jpg"))
    pictures = [large(studio, prompt, chosen.seed + i) for i, prompt in enumerate(LARGE)]
    save([pictures[i:i + 2] for i in range(0, len(pictures), 2)], os.path.join(chosen.out, "large.jpg"))


if __name__ == "__main__":
    main()
