"""Five minutes: does a video of three hundred segments keep its colours, its joins and its likeness to real ones?"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from .. import command
from ..arrays import Doubles, Pictures
from ..config import load
from ..drives import sample
from ..judge import FRAMES
from ..latent_space import latent_space
from ..world import dataset
from ..world.scene import Labels
from . import real
from .colour import drift, mean_lab
from .duplicates import duplicates
from .frechet import frechet
from .likeness import levels
from .seams import changes, joins, seam_ratio
from .space import windows
from .stage import Stage, trained
from .table import Json, Row, below
from .tracks import paints

SEED, FPS, MINUTE = 500, 6, 360
SAID = (
    {"timeOfDay": "day", "traffic": "normal", "weather": "clear", "road": "curve"},
    {"timeOfDay": "night", "traffic": "crowded", "weather": "rain", "road": "straight"},
)


def made(stage: Stage, said: Sequence[Labels]) -> Pictures:
    """Videos uint8 (B, 6 segments + 2, H, W, 3), decoded while they are made."""
    prompts, seeds = [real.prompt(s, SEED + i) for i, s in enumerate(said)], [SEED + i for i in range(len(said))]
    pipeline = stage.pipeline()
    with command.bar(stage.sizes.long_segments, 0, "segments") as bar:
        shown = []
        for keys in pipeline.keys_by_segment(prompts, stage.sizes.long_segments, seeds):
            shown.append(levels(pipeline.image_frames(keys)))
            bar.update()
    return np.concatenate(shown, 1)


def strip(video: Pictures, path: Path, columns: int = 10, lines: int = 3) -> None:
    """Contact sheet of frames at equal distances, first and last among them."""
    at = np.linspace(0, len(video) - 1, columns * lines).astype(int)
    Image.fromarray(np.concatenate([np.concatenate(list(video[at[r * columns : (r + 1) * columns]]), 1) for r in range(lines)])).save(
        path, optimize=True
    )


def rendered_drift(said: Labels, frames: int) -> tuple[Doubles, Doubles]:
    """Colour drift of a rendered drive of the same length and conditions, looked at once a second."""
    drive = sample(load()["data"]["world"], real.SEED + SEED, said)
    return drift([mean_lab(picture) for picture in drive.pictures(0, frames // FPS, 1, *latent_space().picture)], 1)


def painted(stage: Stage, video: Pictures, about: Json) -> Row:
    """Do the cars' colours by day stay those of the world? As the Fréchet distance to rendered cars' (Lab a, b), last minute to first."""
    part = min(MINUTE, len(video) // 3)
    facts = dataset.facts()
    clips = real.small([i for i in real.held_out(stage.sizes.videos) if facts[i]["timeOfDay"] == "day"])[:, ::4]
    first, last, truth, other = (
        np.concatenate([paints(frames, boxes) for frames, boxes in zip(shown, stage.cars(shown))])
        for shown in (video[None, :part], video[None, -part:], clips[::2], clips[1::2])
    )
    world = np.concatenate([truth, other])
    found: Json = {
        "first": frechet(first, world),
        "last": frechet(last, world),
        "last to first": frechet(last, first),
        "floor: rendered cars to others": frechet(truth, other),
        "cars": [len(first), len(last), len(world)],
    }
    return below("colours of cars, last minute / first minute", found["last"] / found["first"], 1.15, **about, **found)


def rows(stage: Stage) -> Iterator[Row]:
    said = SAID[: stage.sizes.long_videos]
    videos = made(stage, said)
    strip(videos[0], stage.sheets / ("five-minutes.png" if stage.final else "five-minutes-quick.png"))
    length, part = videos.shape[1], min(MINUTE, videos.shape[1] // 3)
    about: Json = {
        "judge": stage.space.digest,
        "seed": SEED,
        "samples": len(videos),
        "seconds": length / FPS,
        "prompts": [real.prompt(s, SEED + i) for i, s in enumerate(said)],
        "parts": trained("autoencoder", "image", "temporal", "student"),
    }
    change = [changes(x) for x in videos]
    ratios = [seam_ratio(c, joins(length)) for c in change]
    yield below("seam ratio", float(np.mean(ratios)), 1.10, **about, videos=ratios)
    slopes, ends = zip(*(drift([mean_lab(f) for f in x], FPS) for x in videos))
    plain = [rendered_drift(s, length) for s in said]
    worst = max(float(np.abs(s).max()) for s in slopes)
    drifts: Json = {
        "slopes L a b": slopes,
        "last against first ten seconds, a minute": ends,
        "rendered drives, slopes": [s for s, _ in plain],
    }
    yield below("Lab drift a minute, worst channel and video", worst, 1.0, **about, **drifts)
    starts = range(0, part - FRAMES + 1, 2)
    every = [s for s in said for _ in range(max(8, 108 // len(said)))]
    truth = stage.space.features(real.reference(every))
    first, last = (frechet(truth, stage.space.features(windows(x, starts))) for x in (videos[:, :part], videos[:, -part:]))
    yield below(
        "Fréchet, last minute / first minute",
        last / first,
        1.15,
        **about,
        first=first,
        last=last,
        windows=len(starts) * len(videos),
        reference=len(truth),
    )
    if "detector" in load():
        yield painted(stage, videos[0], about)
    twice = [duplicates(x) for x in videos]
    yield below(
        "duplicate keyframes",
        sum(exact for exact, _ in twice),
        0,
        **about,
        near=sum(near for _, near in twice),
        frames=length * len(videos),
    )
