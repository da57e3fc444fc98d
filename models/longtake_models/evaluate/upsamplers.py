"""Frame-wise against video upsampler, and both against plain enlargement, on held-out large clips (Video LDM, table 3 left)."""

from collections.abc import Callable, Iterator

import cv2
import numpy as np

from ..arrays import Pictures
from ..latent_space import upsampling
from . import photographic, real
from .flicker import flicker, still
from .frechet import frechet
from .likeness import levels, psnr, signals
from .space import crops
from .stage import Stage, trained
from .table import Json, Row, above, below
from .warping import warping_error

SEED = 33


def resized(clips: Pictures, width: int, height: int, way: int) -> Pictures:
    """uint8 (N, F, H, W, 3), every frame."""
    return np.stack([[cv2.resize(x, (width, height), interpolation=way) for x in clip] for clip in clips])


def rows(stage: Stage) -> Iterator[Row]:
    pipeline, indices = stage.pipeline(), real.held_out_large(stage.sizes.large_clips)
    clips, times = real.large(indices), upsampling()
    rows, columns = clips.shape[2:4]
    low = resized(clips, columns // times, rows // times, cv2.INTER_AREA)
    quiet = np.stack([still(x[0], low.shape[1], SEED + i) for i, x in enumerate(low[: stage.sizes.stills])])
    ways: dict[str, Callable[[Pictures, int], Pictures]] = {
        "bilinear": lambda x, _: resized(x[None], columns, rows, cv2.INTER_LINEAR)[0],
        "bicubic": lambda x, _: resized(x[None], columns, rows, cv2.INTER_CUBIC)[0],
        "image": lambda x, n: levels(pipeline.large(signals(x[None]), SEED + n, video=False))[0],
        "video": lambda x, n: levels(pipeline.large(signals(x[None]), SEED + n, video=True))[0],
    }
    flows = [real.flows(i, stage.sizes.flows, large=True) for i in indices]
    truth, found = stage.space.features(crops(clips, times), "large"), {}
    for name, enlarge in ways.items():
        made = np.stack([enlarge(x, n) for n, x in enumerate(low)])
        found[name] = {
            "psnr": psnr(made, clips),
            "frechet": frechet(truth, stage.space.features(crops(made, times), "large")),
            "warping": float(np.mean([warping_error(x, f) for x, f in zip(made, flows)])),
            "flicker": float(np.mean([flicker(enlarge(x, n)) for n, x in enumerate(quiet)])),
        }
        if photographic.asked("upsampler"):
            found[name]["photographic"] = photographic.distance(made, clips)
    about: Json = {
        "judge": stage.space.digest,
        "seed": SEED,
        "samples": len(clips),
        "frames": clips.shape[1],
        "windows": times**2 * len(clips),
        "stills": len(quiet),
        "parts": trained("upsampler_image", "upsampler"),
        **found,
        "warping of real clips": float(np.mean([warping_error(x, f) for x, f in zip(clips, flows)])),
        "flicker of the still input": float(np.mean([flicker(x) for x in quiet])),
    }
    image, video, plain = found["image"], found["video"], max(found["bilinear"]["psnr"], found["bicubic"]["psnr"])
    yield above("PSNR, video upsampler (target: bilinear and bicubic)", video["psnr"], plain, "dB", **about)
    yield below("Fréchet, video / image upsampler", video["frechet"] / image["frechet"], 0.5, **about)
    yield below("flicker of a still picture, video / image upsampler", video["flicker"] / image["flicker"], 0.5, **about)
    yield below("warping error, video / image upsampler", video["warping"] / image["warping"], 1, **about)
    yield Row("Fréchet to the same clips, video upsampler", video["frechet"], detail=about)
    if photographic.asked("upsampler"):
        yield below("photographic Fréchet, video upsampler / bicubic", video["photographic"] / found["bicubic"]["photographic"], 1, **about)
