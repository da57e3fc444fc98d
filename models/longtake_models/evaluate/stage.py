"""What all rows share: how much is measured, the networks, the judge, films that several rows look at."""
import functools
import json
import os
from dataclasses import dataclass

import numpy as np
import torch

from .. import film, parts
from ..config import work
from ..denoiser import Denoiser
from . import real
from .likeness import levels, signals
from .space import Space

SEED = 100


@dataclass(frozen=True)
class Sizes:
    """Sample counts: so many that all rows take less than twenty minutes of two cores, or few to try the code."""
    films: int = 216           # generated films of two segments: every combination of conditions four times
    batch: int = 27
    smooth: int = 12           # of them brought to 24 fps
    compared: int = 72         # films of the full profile
    continued: int = 54        # held-out clips continued by every ablation
    clips: int = 48            # held-out clips for decoders and interpolation
    large_clips: int = 24
    flows: int = 8             # pairs of frames a clip that are followed along the true motion
    stills: int = 12
    long_films: int = 2
    long_segments: int = 300


QUICK = Sizes(films=6, batch=3, smooth=2, compared=4, continued=4, clips=3, large_clips=2, flows=2, stills=2, long_films=1, long_segments=22)


class Stage:
    """Networks are read when they are first needed."""

    def __init__(self, sizes, studio=film.Studio, space=None):
        self.sizes, self._studio, self._space = sizes, functools.cache(studio), space

    @property
    def final(self):
        """Whether these are the sample counts that are published."""
        return self.sizes == Sizes()

    def studio(self, profile="few", temporal="both"):
        return self._studio(profile, temporal)

    @functools.cached_property
    def autoencoder(self):
        return parts.autoencoder()

    @functools.cached_property
    def space(self):
        return self._space or Space()

    @torch.no_grad()
    def encoded(self, frames):
        """uint8 (B, F, 64, 128, 3) -> scaled latents (B, C, F, 8, 16)."""
        return torch.stack([self.autoencoder.encode(x.transpose(0, 1)).transpose(0, 1) for x in signals(frames)])

    def pictures(self, keys, decode=None):
        """Keyframe latents (B, C, K, 8, 16) -> uint8 (B, K, 64, 128, 3), frame by frame: keys are too far apart for the video decoder."""
        decode = decode or self.studio().image_frames
        return np.concatenate([levels(decode(film[None])) for film in keys])

    @functools.cache
    def films(self, profile, count, segments=2):
        """Generated films: keyframe latents (N, C, K, 8, 16), what was asked, and denoiser runs a segment and film."""
        studio, said, keys = self.studio(profile), real.asked(count), []
        prompts = [real.prompt(s, SEED + i, real.as_tokens(i)) for i, s in enumerate(said)]
        with Runs() as runs:
            for k in range(0, count, self.sizes.batch):
                keys.append(studio.keys_batch(prompts[k:k + self.sizes.batch], segments, [SEED + i for i in range(count)][k:k + self.sizes.batch]))
        return torch.cat(keys), said, runs.count / count / segments


class Runs:
    """Counts denoiser runs while it is entered: a batch of two counts as two."""

    def __enter__(self):
        self.count = 0
        self._handle = torch.nn.modules.module.register_module_forward_hook(self._seen)
        return self

    def _seen(self, module, given, made):
        if isinstance(module, Denoiser):
            self.count += len(made)

    def __exit__(self, *failure):
        self._handle.remove()


def trained(*names):
    """part -> parameters, training steps, seconds and device, as its trainer wrote them; None for a part without a record."""
    found = {}
    for name in names:
        path, found[name] = work(f"{name}.json"), None
        if os.path.exists(path):
            with open(path) as f:
                record = json.load(f)
            found[name] = {k: record[k] for k in ("parameters", "steps", "seconds", "device", "threads", "seed") if k in record}
    return found
