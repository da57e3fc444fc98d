"""How good the judge is on held-out real clips, and what its distance makes of videos that are wrong on purpose."""

import functools
from collections.abc import Iterator

import numpy as np
import torch

from ..arrays import Pictures
from ..judge import CONDITIONS, FRAMES, ORDERS
from ..latent_space import upsampling
from ..world import dataset
from . import degrade, real
from .frechet import frechet
from .likeness import levels, signals
from .space import crops
from .stage import Stage, trained
from .table import Json, Row

SEED = 31
SPOILT = {"flicker": 0.08, "blurred": 1.2, "noisy": 0.08}


def spoilt(clips: Pictures, order: str, seed: int) -> Pictures:
    """uint8 (N, 8, H, W, 3), each wrong in the way of `order`."""
    generator, rng = torch.Generator().manual_seed(seed), np.random.default_rng(seed)
    if order == "shuffled":
        return np.stack([x[degrade.shuffled(FRAMES, rng)] for x in clips])
    if order == "clean":
        return clips
    more = () if order == "blurred" else (generator,)
    return np.concatenate([levels(getattr(degrade, order)(x[None], SPOILT[order], *more)) for x in signals(clips)])


@functools.cache
def accuracy(stage: Stage, decoded: bool = False) -> dict[str, float]:
    """Share of held-out clips whose value of each attribute the judge names; decoded: after encoder and image decoder."""
    indices = real.held_out(stage.sizes.videos)
    videos, facts = real.small(indices)[:, ::4], dataset.facts()
    if decoded:
        videos = stage.pictures(stage.encoded(videos))
    named = stage.space.named(videos)
    return {
        name: float(np.mean([named[name][n] == values.index(facts[i][name]) for n, i in enumerate(indices)]))
        for name, values in CONDITIONS.items()
    }


def motion(stage: Stage) -> dict[str, float]:
    """Mean absolute errors of speed, curvature and cars on the first eight keys of held-out clips."""
    indices = real.held_out(stage.sizes.videos)
    found, true = stage.space.look(real.small(indices)[:, :29:4]), dataset.motion()[indices][:, :29:4].mean(1)
    return {
        "speedError m/s": float(np.abs(found["speed"] - true[:, 0]).mean()),
        "speedSpread m/s": float(true[:, 0].std()),
        "speedCorrelation": float(np.corrcoef(found["speed"], true[:, 0])[0, 1]),
        "curvatureError 1/m": float(np.abs(found["curvature"] - true[:, 1]).mean()),
        "carsError": float(np.abs(found["cars"] - dataset.car_counts()[indices][:, :29:4]).mean()),
    }


def rows(stage: Stage) -> Iterator[Row]:
    about: Json = {"judge": stage.space.digest, "seed": SEED, "parts": trained("judge")}
    accurate = accuracy(stage)
    samples = len(real.held_out(stage.sizes.videos))
    yield Row(
        "attributes named on held-out clips",
        float(np.mean(list(accurate.values()))),
        "",
        detail={
            **about,
            "samples": samples,
            "held-out": accurate,
            "held-out through the autoencoder": accuracy(stage, True),
            **motion(stage),
        },
    )
    clips, large = real.small(real.held_out(stage.sizes.videos)), real.large(real.held_out_large(stage.sizes.large_clips))
    for mode, whole in (("6fps", clips[:, :29:4]), ("24fps", clips[:, :FRAMES]), ("large", crops(large, upsampling()))):
        parts = np.split(whole[: len(whole) // 2 * 2], 2)
        first, second = (stage.space.features(part, mode) for part in parts)
        named, controls = {}, {}
        for order in ORDERS:
            found = stage.space.look(spoilt(parts[1], order, SEED), mode)
            named[order] = float((found["order"].argmax(1) == ORDERS.index(order)).mean())
            controls[order] = frechet(first, found["features"])
        yield Row(
            f"floor of the Fréchet video distance, {mode}",
            frechet(first, second),
            detail={
                **about,
                "samples": len(first),
                "what": "real against other real clips",
                "the same when spoilt": controls,
                "strength": SPOILT,
                "order named": named,
            },
        )
