"""The judge at work: windows of eight frames into its space, and what it says about them."""
import numpy as np
import torch

from .. import judge
from .likeness import signals

BATCH = 16


class Space:
    """The trained judge. Windows are uint8 (N, 8, 64, 128, 3)."""

    def __init__(self, network=None):
        self.network = network or judge.read()
        self.digest = judge.digest(self.network)

    @torch.no_grad()
    def look(self, windows, mode="6fps"):
        """All findings of the judge (judge.Judge) as numpy arrays."""
        found = []
        for k in range(0, len(windows), BATCH):
            x = signals(windows[k:k + BATCH])
            found.append(self.network(x, torch.full((len(x),), judge.MODES.index(mode))))
        return {name: torch.cat([f[name] for f in found]).numpy() for name in found[0]}

    def features(self, windows, mode="6fps"):
        """(N, 128)."""
        return self.look(windows, mode)["features"]

    def named(self, films):
        """films uint8 (N, K, 64, 128, 3) at 6 fps -> attribute -> index (N,) of the likeliest value, by the first and the last eight keys."""
        starts = (0, films.shape[1] - judge.FRAMES)
        chances = {name: 0 for name in judge.CONDITIONS}
        for s in starts:
            found = self.look(films[:, s:s + judge.FRAMES])
            for name in chances:
                chances[name] = chances[name] + torch.from_numpy(found[name]).softmax(1).numpy()
        return {name: chance.argmax(1) for name, chance in chances.items()}


def windows(films, starts):
    """films (N, F, H, W, 3) -> (N len(starts), 8, H, W, 3)."""
    return np.concatenate([films[:, s:s + judge.FRAMES] for s in starts])


def crops(films):
    """films (N, F, 256, 512, 3) of F >= 8 -> their sixteen 64x128 tiles over the first 8 frames, (16 N, 8, 64, 128, 3)."""
    tiles = films[:, :judge.FRAMES].reshape(len(films), judge.FRAMES, 4, 64, 4, 128, 3)
    return tiles.transpose(0, 2, 4, 1, 3, 5, 6).reshape(-1, judge.FRAMES, 64, 128, 3)
