"""Latent clips with fresh captions: what the latent models are trained on."""
import numpy as np
import torch

from ..config import load, work
from ..text import UNK, tokens
from ..world import captions, dataset
from .loop import PEER

STRANGERS = ("cinematic 4k beautiful please lovely high quality zxq dog mountain 1999 style realistic smooth "
             "generate make with a the of very nice and").split()


class Latents:
    """Random windows of the training clips (the held-out clips are never drawn)."""

    def __init__(self, seed):
        c = load()["data"]
        self.z = torch.from_numpy(np.load(work("latents.npy")))
        self.facts = dataset.facts()
        self.train = c["clips"] - c["held_out"]
        self.rng = np.random.default_rng(seed + 1000 * max(PEER, 0))

    def windows(self, batch, frames, stride):
        """Clip indices (B,) and latents (B, 8, frames, 8, 16), every `stride`-th frame."""
        clips = self.rng.integers(0, self.train, batch)
        first = self.rng.integers(0, self.z.shape[1] - (frames - 1) * stride, batch)
        z = torch.stack([self.z[i, k:k + frames * stride:stride][:frames] for i, k in zip(clips, first)])
        return clips, z.float().transpose(1, 2)

    def prompts(self, clips, drop=0.1):
        """int64 tokens (B, L): a new caption for each clip, sometimes with strange words, sometimes empty."""
        said = []
        for i in clips:
            if self.rng.random() < drop:
                said.append("")
                continue
            words = captions.caption(self.facts[i], self.rng).split()
            while self.rng.random() < 0.3:
                words.insert(self.rng.integers(len(words) + 1), STRANGERS[self.rng.integers(len(STRANGERS))])
            said.append(" ".join(UNK if self.rng.random() < 0.03 else w for w in words))
        return tokens(said)


def soiled(z, rng, most=0.15):
    """Context frames as generated ones are: with a little noise, on two clips of three. z (B, …)."""
    level = torch.from_numpy(np.where(rng.random(len(z)) < .67, rng.uniform(0, most, len(z)), 0)).float()
    return z + level.view(-1, *[1] * (z.dim() - 1)) * torch.randn_like(z)
