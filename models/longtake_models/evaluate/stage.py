"""What all rows share: how much is measured, the networks, the judge, videos that several rows look at."""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from .. import detector, parts
from ..arrays import Floats, Pictures
from ..autoencoder import Autoencoder
from ..config import work
from ..denoiser import Denoiser
from ..pipeline import Pipeline, ProfileName, Temporal
from ..world.scene import Labels
from . import real
from .likeness import levels, signals
from .space import Space

SEED = 100
Videos: TypeAlias = tuple[Tensor, list[Labels], float]


@dataclass(frozen=True)
class Sizes:
    """Sample counts: so many that all rows take less than twenty minutes of two cores, or few to try the code."""

    videos: int = 216  # generated videos of two segments: every combination of conditions four times
    batch: int = 27
    smooth: int = 12  # of them brought to 24 fps
    compared: int = 72  # videos of the full profile
    continued: int = 54  # held-out clips continued by every ablation
    clips: int = 48  # held-out clips for decoders and interpolation
    large_clips: int = 24
    flows: int = 8  # pairs of frames a clip that are followed along the true motion
    stills: int = 12
    long_videos: int = 2
    long_segments: int = 300


QUICK = Sizes(
    videos=6, batch=3, smooth=2, compared=4, continued=4, clips=3, large_clips=2, flows=2, stills=2, long_videos=1, long_segments=22
)


class Stage:
    """Networks are read when they are first needed."""

    def __init__(
        self,
        sizes: Sizes,
        sheets: Path,
        pipeline: Callable[[ProfileName, Temporal], Pipeline] = Pipeline,
        space: Space | None = None,
    ) -> None:
        """sheets: folder of the pictures that rows draw."""
        self.sizes, self.sheets, self._pipeline, self._space = sizes, sheets, functools.cache(pipeline), space
        self._videos: dict[tuple[ProfileName, int, int], Videos] = {}

    @property
    def final(self) -> bool:
        """Whether these are the sample counts that are published."""
        return self.sizes == Sizes()

    def pipeline(self, profile: ProfileName = "few", temporal: Temporal = "both") -> Pipeline:
        return self._pipeline(profile, temporal)

    @functools.cached_property
    def autoencoder(self) -> Autoencoder:
        return parts.autoencoder()

    @functools.cached_property
    def space(self) -> Space:
        return self._space or Space()

    @functools.cached_property
    def detector(self) -> detector.Detector:
        return detector.read()

    @torch.no_grad()
    def cars(self, videos: Pictures) -> list[list[Floats]]:
        """uint8 (N, F, H, W, 3) -> for every video and frame the boxes that the detector finds."""
        return [detector.boxes(self.detector(signals(frames[None])[0].transpose(0, 1))) for frames in videos]

    @torch.no_grad()
    def encoded(self, frames: Pictures) -> Tensor:
        """uint8 (B, F, H, W, 3) -> scaled latents (B, C, F, h, w)."""
        return torch.stack([self.autoencoder.encode(x.transpose(0, 1)).transpose(0, 1) for x in signals(frames)])

    def pictures(self, keys: Tensor, decode: Callable[[Tensor], Tensor] | None = None) -> Pictures:
        """Keyframe latents (B, C, K, h, w) -> uint8 (B, K, H, W, 3), frame by frame: keys are too far apart for the video decoder."""
        decode = decode or self.pipeline().image_frames
        return np.concatenate([levels(decode(video[None])) for video in keys])

    def videos(self, profile: ProfileName, count: int, segments: int = 2) -> Videos:
        """Generated videos: keyframe latents (N, C, K, h, w), what was asked, and denoiser runs a segment and video. Made once."""
        key = (profile, count, segments)
        if key not in self._videos:
            self._videos[key] = self._made(*key)
        return self._videos[key]

    def _made(self, profile: ProfileName, count: int, segments: int) -> Videos:
        pipeline, said, keys, size = self.pipeline(profile), real.asked(count), [], self.sizes.batch
        prompts, seeds = [real.prompt(s, SEED + i, real.as_tokens(i)) for i, s in enumerate(said)], [SEED + i for i in range(count)]
        with Runs() as runs:
            for k in range(0, count, size):
                keys.append(pipeline.keys_batch(prompts[k : k + size], segments, seeds[k : k + size]))
        return torch.cat(keys), said, runs.count / count / segments


class Runs:
    """Counts denoiser runs while it is entered: a batch of two counts as two."""

    def __enter__(self) -> Self:
        self.count = 0
        self._handle = torch.nn.modules.module.register_module_forward_hook(self._seen)
        return self

    def _seen(self, module: nn.Module, _given: object, made: Tensor) -> None:
        if isinstance(module, Denoiser):
            self.count += len(made)

    def __exit__(self, *failure: object) -> None:
        self._handle.remove()


def trained(*names: str) -> dict[str, dict[str, Any] | None]:
    """part -> parameters, training steps, seconds and device, as its trainer wrote them; None for a part without a record."""
    return {name: _record(work(f"{name}.json")) for name in names}


def _record(path: Path) -> dict[str, Any] | None:
    if not path.exists():
        return None
    record = json.loads(path.read_text(encoding="utf-8"))
    return {k: record[k] for k in ("parameters", "steps", "seconds", "device", "threads", "seed") if k in record}
