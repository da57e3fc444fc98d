"""Generated videos as they are shipped: do they show what was asked, look real, move on through their seams, and never repeat?"""

from collections.abc import Iterator, Sequence

import numpy as np
from torch import Tensor

from ..arrays import Array, Doubles, Pictures
from ..judge import CONDITIONS
from ..world import dataset
from ..world.scene import Labels
from . import real
from .duplicates import duplicates
from .frechet import frechet
from .judge_row import accuracy
from .likeness import levels
from .seams import changes, joins, seam_ratio
from .stage import SEED, Stage, trained
from .table import Json, Row, at_least, below

PARTS = ("autoencoder", "image", "temporal", "student")


def speeds(stage: Stage, videos: Pictures) -> tuple[Array, Array]:
    """Judged speed of the first and the last eight keys, each (N,)."""
    return stage.space.look(videos[:, :8])["speed"], stage.space.look(videos[:, -8:])["speed"]


def continuation(before: Array, after: Array) -> dict[str, float]:
    """How speed goes on: correlation over videos, and mean relative change. A change of videos' places is the control."""
    return {
        "correlation": float(np.corrcoef(before, after)[0, 1]),
        "change": float((np.abs(after - before) / before).mean()),
        "correlation with another video": float(np.corrcoef(before, np.roll(after, 1))[0, 1]),
    }


def conditions(stage: Stage, videos: Pictures, said: Sequence[Labels]) -> Iterator[Row]:
    """Rows of the share of videos in which the judge sees what was asked."""
    named, able = stage.space.named(videos), accuracy(stage)
    tokens = np.array([real.as_tokens(i) for i in range(len(said))])
    for name, values in CONDITIONS.items():
        right = np.array([named[name][i] == values.index(s[name]) for i, s in enumerate(said)])
        by = {v: float(right[[s[name] == v for s in said]].mean()) for v in values if any(s[name] == v for s in said)}
        about: Json = {
            "judge": stage.space.digest,
            "samples": len(videos),
            "seed": SEED,
            "parts": trained(*PARTS),
            "judge on held-out clips": able[name],
            "by value": by,
            "in words": float(right[~tokens].mean()),
            "as label tokens": float(right[tokens].mean()),
        }
        yield at_least(f"asked for and seen: {name}", float(right.mean()), 0.95, **about)


def smooth(stage: Stage, keys: Tensor) -> list[Doubles]:
    """Change from frame to frame (F - 1,) of videos at 24 fps, one a video."""
    pipeline = stage.pipeline()
    return [changes(levels(pipeline.frames(pipeline.latents(video[None], SEED)))[0]) for video in keys]


def rows(stage: Stage) -> Iterator[Row]:
    keys, said, runs = stage.videos("few", stage.sizes.videos)
    videos = stage.pictures(keys)
    about: Json = {
        "judge": stage.space.digest,
        "seed": SEED,
        "samples": len(videos),
        "denoiser runs a segment": runs,
        "parts": trained(*PARTS),
    }
    yield from conditions(stage, videos, said)
    truth = stage.space.features(real.reference(said))
    other = stage.space.features(real.reference(said, first=len(said)))
    yield Row(
        "Fréchet of first segments to fresh scenes",
        frechet(truth, stage.space.features(videos[:, :8])),
        detail={
            **about,
            "floor: other fresh scenes": frechet(truth, other),
            "second segments": frechet(truth, stage.space.features(videos[:, -8:])),
            "floor through the autoencoder": frechet(
                truth, stage.space.features(stage.pictures(stage.encoded(real.reference(said, first=len(said)))))
            ),
        },
    )
    ratios = [seam_ratio(changes(x), joins(len(x))) for x in videos]
    yield below("seam ratio of keyframes", float(np.mean(ratios)), 1.10, **about, spread=float(np.std(ratios)))
    fast = smooth(stage, keys[: stage.sizes.smooth])
    seams = [seam_ratio(c, np.concatenate([np.arange(4 * j, 4 * j + 4) for j in joins(keys.shape[2])])) for c in fast]
    at_keys = [seam_ratio(c, [k for k in range(len(c)) if k % 4 in (0, 3)]) for c in fast]
    yield below(
        "seam ratio at 24 fps",
        float(np.mean(seams)),
        1.10,
        **{
            **about,
            "samples": len(fast),
            "at keyframes over between": float(np.mean(at_keys)),
            "parts": trained(*PARTS, "interpolation", "decoder"),
        },
    )
    before, after = speeds(stage, videos)
    indices = real.held_out(stage.sizes.videos)
    clips = real.small(indices)[:, ::4]
    yield at_least(
        "speed goes on over the seam: correlation",
        continuation(before, after)["correlation"],
        0.5,
        **{
            **about,
            **continuation(before, after),
            "real clips": continuation(*speeds(stage, clips)),
            "mean speed m/s": float(before.mean()),
            "mean speed of real clips m/s": float(dataset.motion()[indices][..., 0].mean()),
        },
    )
    twice = np.array([duplicates(x) for x in videos]).sum(0)
    still = np.array([duplicates(x) for x in clips]).sum(0)
    about |= {
        "near": int(twice[1]),
        "frames": videos.shape[0] * videos.shape[1],
        "real clips": {"exact": int(still[0]), "near": int(still[1]), "frames": clips.shape[0] * clips.shape[1]},
    }
    yield below("duplicate keyframes", int(twice[0]), 0, **about)
