"""Interpolation against the two ways that cost nothing, on held-out clips at both rates: blend of the keys, and the nearest key.

The hard comparison takes blend and nearest from the true pixels of the keys, while ours pays for encoder and decoder too.
"""

import copy
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor

from .. import parts
from ..arrays import Array, Pictures
from ..interpolator import CALLS, distilled
from ..pipeline import Pipeline
from . import real
from .likeness import levels, psnr
from .stage import Stage, trained
from .table import Json, Row, above, at_least
from .warping import warping_error

SEED, MOST = 34, 25


def blend(keys: Array) -> Array:
    """keys (N, K, H, W, 3) in levels -> (N, 4 (K - 1), H, W, 3): key, three blends, key, ..."""
    return _between(keys, lambda a, b, way: (1 - way) * a + way * b)


def nearest(keys: Array) -> Array:
    return _between(keys, lambda a, b, way: a if way <= 0.5 else b)


def _between(keys: Array, mix: Callable[[Array, Array, float], Array]) -> Array:
    keys = np.asarray(keys, np.float32)
    return np.stack([mix(keys[:, k], keys[:, k + 1], j / 4) for k in range(keys.shape[1] - 1) for j in range(4)], 1)


def between(videos: Array) -> Array:
    """Only what is not a key."""
    return videos[:, [k for k in range(videos.shape[1]) if k % 4]]


def covered(frames: int, step: int) -> int:
    """Of a clip's frames, `step` apart: those from its first key to the last one that is looked at, 4 n + 1."""
    return min(MOST, (frames - 1) // step // 4 * 4 + 1)


def undistilled(pipeline: Pipeline) -> Pipeline:
    """The same with the network that the shipped one was distilled from."""
    teacher = copy.copy(pipeline)
    teacher.between_network, teacher.between_calls = parts.undistilled_interpolation(), CALLS
    return teacher


def measured(stage: Stage, clips: Pictures, rate: str) -> dict[str, Array]:
    """clips uint8 (N, 4 n + 1, H, W, 3) whose every fourth frame is a key -> name -> frames (N, 4 n, H, W, 3) in levels."""
    pipeline, z = stage.pipeline(), stage.encoded(clips)
    decode = pipeline.frames if rate == "high" else pipeline.image_frames

    def between_keys(pipeline: Pipeline) -> Tensor:
        return torch.cat([pipeline.between(x[None], rate, SEED + i) for i, x in enumerate(z[:, :, ::4])])

    def shown(latents: Tensor) -> Array:
        return np.concatenate([levels(decode(x[None])) for x in latents])

    coded = shown(z)
    return {
        "ours": shown(between_keys(pipeline)),
        **({"undistilled": shown(between_keys(undistilled(pipeline)))} if distilled() else {}),
        "blend": blend(clips[:, ::4]),
        "nearest": nearest(clips[:, ::4]),
        "blend of coded keys": blend(coded[:, ::4]),
        "nearest coded key": nearest(coded[:, ::4]),
        "coded truth": coded[:, :-1],
    }


def rows(stage: Stage) -> Iterator[Row]:
    indices = real.held_out(stage.sizes.clips)
    clips = real.small(indices)
    for rate, step in (("high", 1), ("low", 4)):
        shown = clips[:, ::step][:, : covered(clips.shape[1], step)]
        videos, truth = measured(stage, shown, rate), between(shown[:, :-1])
        found = {name: psnr(between(x), truth) for name, x in videos.items()}
        about: Json = {
            "seed": SEED,
            "samples": len(clips),
            "frames": truth.shape[1],
            "steps": stage.pipeline().between_calls,
            "PSNR": found,
            "parts": trained("autoencoder", "interpolation", *(["interpolation_student"] if distilled() else []), "decoder"),
        }
        name = {"high": "6 to 24 fps", "low": "1.5 to 6 fps"}[rate]
        if rate == "high":
            n = stage.sizes.flows + 1
            flows = [real.flows(i, n) for i in indices]
            about["warping"] = {
                k: float(np.mean([warping_error(x[:n], f) for x, f in zip(v, flows)])) for k, v in {**videos, "truth": shown}.items()
            }
        yield above(
            f"PSNR {name} (target: blend, nearest of true pixels)", found["ours"], max(found["blend"], found["nearest"]), "dB", **about
        )
        yield above(
            f"PSNR {name}, all through the autoencoder",
            found["ours"],
            max(found["blend of coded keys"], found["nearest coded key"]),
            "dB",
            **about,
        )
        if distilled():
            yield at_least(f"PSNR {name}, distilled less undistilled", found["ours"] - found["undistilled"], -0.3, "dB", **about)
        if rate == "high":
            yield Row("warping error of 24 fps between true keys", about["warping"]["ours"], "levels", detail=about)
