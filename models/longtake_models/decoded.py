"""`python -m longtake_models.decoded OUT.jpg`: held-out pictures, and what the autoencoder makes of them.

The weights are those that were kept last (`train/kept`): of the working folder, or those that are committed. The pictures are rendered
anew, one of every held-out clip, so that a clone is enough. In each pair the true picture stands above the decoded one.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import command
from .arrays import Array, Floats, Pictures
from .autoencoder import Autoencoder
from .config import load
from .pipeline import picture
from .refused import Refused
from .train.kept import begun
from .train.loop import pixels
from .world import dataset

SHOWN, COLUMNS, FRAME = 8, 4, 10
AHEAD = (1 / 16, 1 / 4)  # width of a car, of the picture's, that is some 15 to 30 m ahead


def held_out(count: int) -> tuple[Pictures, list[Floats]]:
    """uint8 (count, H, W, 3), one picture of each of the last clips, and the boxes of the cars in it."""
    c = load()["data"]
    pictures, cars = [], []
    for index in range(c["clips"] - count, c["clips"]):
        drive, start = dataset.clip_drive(index)
        t = start + FRAME / c["fps"]
        pictures.append(drive.pictures(t, 1, c["fps"], c["height"], c["width"])[0])
        cars.append(drive.car_boxes(t))
    return np.stack(pictures), cars


@torch.no_grad()
def decoded(network: Autoencoder, pictures: Pictures) -> Pictures:
    parts = np.array_split(pictures, len(pictures) // 8 + 1)
    return np.concatenate([picture(network.decode(network.encode(pixels(part)))) for part in parts])


def psnr(squares: Array) -> float:
    """Of squared errors in levels."""
    return float(10 * np.log10(255**2 / squares.mean()))


def over_cars(squares: Array, cars: Sequence[Floats]) -> list[float]:
    """PSNR over the box of every car ahead. squares (N, H, W)."""
    rows, columns = squares.shape[1:]
    found = []
    for errors, boxes in zip(squares, cars):
        for x0, y0, x1, y1 in boxes[:, :4].tolist():
            if AHEAD[0] <= x1 - x0 <= AHEAD[1]:
                found.append(psnr(errors[int(y0 * rows) : int(y1 * rows) + 1, int(x0 * columns) : int(x1 * columns) + 1]))
    return found


def sheet(true: Pictures, made: Pictures) -> Pictures:
    """Pairs, COLUMNS side by side."""
    pairs = np.concatenate([true, made], 1)
    return np.concatenate([np.concatenate(list(pairs[i : i + COLUMNS]), 1) for i in range(0, len(pairs), COLUMNS)])


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("decoded", "Shows held-out pictures and what the autoencoder that was kept makes of them.")
    parser.add_argument("out", type=Path, metavar="OUT.jpg")
    parser.add_argument("--pictures", type=int, default=160, metavar="N", help="that are measured; the first of them are shown")
    chosen = parser.parse_args(argv)
    c = load()["data"]
    if not SHOWN <= chosen.pictures <= c["held_out"]:
        parser.error(f"--pictures is {chosen.pictures}, expected {SHOWN} to {c['held_out']}, the held-out clips")
    kept = begun("autoencoder")
    if kept is None:
        raise Refused("no autoencoder was kept: python -m longtake_models.train autoencoder makes one")
    network, about = Autoencoder().eval().requires_grad_(False), kept[1]
    network.load_state_dict(kept[0])
    true, cars = held_out(chosen.pictures)
    made = decoded(network, true)
    squares = ((made.astype(np.float32) - true) ** 2).mean(-1)
    ahead = over_cars(squares, cars)
    every = len(true) // SHOWN
    Image.fromarray(sheet(true[::every][:SHOWN], made[::every][:SHOWN])).save(chosen.out, quality=90, subsampling=0)
    whole = np.mean([psnr(each) for each in squares])
    print(f"step {about['steps']}, {about['processorSeconds']} s of the processor; {len(true)} held-out pictures {whole:.2f} dB")
    print(f"over {len(ahead)} cars of a sixteenth to a quarter of the width {np.mean(ahead):.2f} dB; {chosen.out}")


if __name__ == "__main__":
    command.run(main)
