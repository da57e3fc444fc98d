"""The judge at work: windows of eight frames into its space, and what it says about them."""

from collections.abc import Iterable

import numpy as np
import torch

from .. import judge
from ..arrays import Array, Integers, Pictures
from .likeness import signals

BATCH = 16


class Space:
    """The trained judge. Windows are uint8 (N, 8, H, W, 3) of the recipe's size."""

    def __init__(self, network: judge.Judge | None = None) -> None:
        self.network = network or judge.read()
        self.digest = judge.digest(self.network)

    @torch.no_grad()
    def look(self, windows: Pictures, mode: str = "6fps") -> dict[str, Array]:
        """All findings of the judge (judge.Judge) as numpy arrays."""
        found = []
        for k in range(0, len(windows), BATCH):
            x = signals(windows[k : k + BATCH])
            found.append(self.network(x, torch.full((len(x),), judge.MODES.index(mode))))
        return {name: torch.cat([f[name] for f in found]).numpy() for name in found[0]}

    def features(self, windows: Pictures, mode: str = "6fps") -> Array:
        """(N, 128)."""
        return self.look(windows, mode)["features"]

    def named(self, videos: Pictures) -> dict[str, Integers]:
        """videos uint8 (N, K, H, W, 3) at 6 fps -> attribute -> index (N,) of the likeliest value, by first and last eight keys."""
        starts = (0, videos.shape[1] - judge.FRAMES)
        chances: dict[str, Array] = {name: np.zeros((len(videos), len(values)), np.float32) for name, values in judge.CONDITIONS.items()}
        for s in starts:
            found = self.look(videos[:, s : s + judge.FRAMES])
            for name in chances:
                chances[name] = chances[name] + torch.from_numpy(found[name]).softmax(1).numpy()
        return {name: chance.argmax(1) for name, chance in chances.items()}


def windows(videos: Pictures, starts: Iterable[int]) -> Pictures:
    """videos (N, F, H, W, 3) -> (N len(starts), 8, H, W, 3)."""
    return np.concatenate([videos[:, s : s + judge.FRAMES] for s in starts])


def crops(videos: Pictures, times: int) -> Pictures:
    """videos (N, F, times H, times W, 3) of F >= 8 -> their times^2 tiles over the first 8 frames, (times^2 N, 8, H, W, 3)."""
    rows, columns = (side // times for side in videos.shape[2:4])
    tiles = videos[:, : judge.FRAMES].reshape(len(videos), judge.FRAMES, times, rows, times, columns, 3)
    return tiles.transpose(0, 2, 4, 1, 3, 5, 6).reshape(-1, judge.FRAMES, rows, columns, 3)
