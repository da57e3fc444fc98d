"""`python -m longtake_models.strip [--out DIR]`: what the model makes, three videos of eight frames for every condition.

One sheet an attribute (time-of-day.jpg, …): three rows a value, columns are keyframes of a video of four segments; what the prompt leaves
open is the model's choice. large.jpg: single frames of eight prompts after interpolation, decoder and upsampler.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from . import command
from .arrays import Pictures
from .config import clone
from .pipeline import PROFILES, Pipeline, picture

VIDEOS, SHOWN, SEGMENTS = 3, 8, 4
PROMPTS = {
    "time-of-day": ("a drive by day", "a drive at dusk", "a drive at night"),
    "traffic": ("driving on an empty road", "driving in light traffic", "driving in heavy traffic"),
    "weather": ("driving in clear weather", "driving in the rain", "driving in fog"),
    "road": ("on a straight road", "on a winding road"),
}
LARGE = (
    "driving by day on an empty road",
    "driving by day in heavy traffic",
    "a drive at night on a deserted road",
    "a drive at night in heavy traffic",
    "winding road at dusk",
    "foggy day, many cars",
    "around a bend at noon, clear sky",
    "straight road at dusk in the rain, a few cars",
)


def save(rows: Sequence[Sequence[Pictures]], path: Path) -> None:
    Image.fromarray(np.concatenate([np.concatenate(row, 1) for row in rows], 0)).save(path, quality=88, subsampling=0)


def sheet(pipeline: Pipeline, prompts: Sequence[str], seed: int) -> list[list[Pictures]]:
    """Rows of SHOWN pictures: VIDEOS videos of every prompt."""
    asked = [prompt for prompt in prompts for _ in range(VIDEOS)]
    videos = pipeline.frames(pipeline.keys_batch(asked, SEGMENTS, [seed + i for i in range(len(asked))]))
    places = np.linspace(0, videos.shape[2] - 1, SHOWN).round().astype(int)
    return [list(picture(video[:, places].transpose(0, 1))) for video in videos]


def large(pipeline: Pipeline, prompt: str, seed: int) -> Pictures:
    """One frame of the fourth segment at full size."""
    keys = pipeline.keys(prompt, SEGMENTS, seed)[:, :, -3:]
    return picture(pipeline.large(pipeline.frames(pipeline.latents(keys, seed)), seed)[0, :, 4])


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("strip", "Draws the sheets of models/README.md: what the trained model makes of every condition.")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder of the sheets; models/strip of the clone if it is not given")
    parser.add_argument("--profile", choices=PROFILES, default="few", help="how keyframes are sampled")
    parser.add_argument("--seed", type=int, default=7, help="of the first video of a sheet")
    chosen = parser.parse_args(argv)
    out = chosen.out or clone("models/strip", "--out DIR")
    out.mkdir(parents=True, exist_ok=True)
    pipeline = Pipeline(chosen.profile)
    with command.bar(len(PROMPTS) + len(LARGE), 0, "sheets") as bar:
        for name, prompts in PROMPTS.items():
            save(sheet(pipeline, prompts, chosen.seed), out / f"{name}.jpg")
            bar.update()
        pictures = []
        for i, prompt in enumerate(LARGE):
            pictures.append(large(pipeline, prompt, chosen.seed + i))
            bar.update()
    save([pictures[i : i + 2] for i in range(0, len(pictures), 2)], out / "large.jpg")


if __name__ == "__main__":
    command.run(main)
