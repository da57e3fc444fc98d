"""Image decoder against video decoder on held-out clips at 24 fps: the gain of the temporal layers (Video LDM, table 3 right)."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from ..arrays import Flow, Pictures
from . import photographic, real
from .flicker import flicker, still
from .frechet import frechet
from .likeness import levels, psnr
from .space import windows
from .stage import Stage, trained
from .table import Json, Row, above, below
from .warping import warping_error

SEED, FRAMES, STILL = 32, 24, 16


def compare(made: Pictures, clips: Pictures, flows: Sequence[Sequence[Flow]], stage: Stage) -> dict[str, float]:
    """Likeness, distance and warping error of reconstructions uint8 (N, F, H, W, 3)."""
    starts = range(0, FRAMES, 8)
    return {
        "psnr": psnr(made, clips),
        "frechet": frechet(stage.space.features(windows(clips, starts), "24fps"), stage.space.features(windows(made, starts), "24fps")),
        "warping": followed(made, flows),
    }


def followed(videos: Iterable[Pictures], flows: Iterable[Sequence[Flow]]) -> float:
    """Mean warping error of the first frames of every video."""
    return float(np.mean([warping_error(x[: len(f) + 1], f) for x, f in zip(videos, flows)]))


def rows(stage: Stage) -> Iterator[Row]:
    pipeline, indices = stage.pipeline(), real.held_out(stage.sizes.clips)
    clips = real.small(indices)[:, :FRAMES]
    z, flows = stage.encoded(clips), [real.flows(i, stage.sizes.flows + 1) for i in indices]
    quiet = np.stack([still(x[0], STILL, SEED + i) for i, x in enumerate(clips[: stage.sizes.stills])])
    z_quiet, found = stage.encoded(quiet), {}
    for name, decode in (("image", pipeline.image_frames), ("video", pipeline.frames)):
        made = np.concatenate([levels(decode(x[None])) for x in z])
        found[name] = compare(made, clips, flows, stage)
        if photographic.asked("decoder"):
            found[name]["photographic"] = photographic.distance(made, clips)
        found[name]["flicker"] = float(np.mean([flicker(levels(decode(x[None]))[0]) for x in z_quiet]))
    floor = {"warping of real clips": followed(clips, flows), "flicker of the still input": float(np.mean([flicker(x) for x in quiet]))}
    about: Json = {
        "judge": stage.space.digest,
        "seed": SEED,
        "samples": len(clips),
        "frames": FRAMES,
        "windows": 3 * len(clips),
        "stills": len(quiet),
        "parts": trained("autoencoder", "decoder"),
        **found,
        **floor,
    }
    image, video = found["image"], found["video"]
    yield above("PSNR, video decoder (target: image decoder)", video["psnr"], image["psnr"], "dB", **about)
    yield below("Fréchet, video / image decoder", video["frechet"] / image["frechet"], 0.5, **about)
    yield below("flicker of a still picture, video / image decoder", video["flicker"] / image["flicker"], 0.5, **about)
    yield below("warping error, video / image decoder", video["warping"] / image["warping"], 1, **about)
    yield Row("Fréchet to the same clips, video decoder", video["frechet"], detail=about)
    if photographic.asked("decoder"):
        yield below("photographic Fréchet, video / image decoder", video["photographic"] / image["photographic"], 1, **about)
