"""`python -m longtake_models.road.sheet OUT.png`: the conditions of the road, three hours by three weathers, and the cars it knows."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from .. import command
from ..arrays import Pictures
from .render import picture
from .scene import VALUES, sample

AT = 7.0  # seconds
# A weather's column shows a road and a traffic too, so that every condition is on the sheet.
COLUMNS = (
    {"weather": "clear", "road": "curve", "traffic": "normal"},
    {"weather": "rain", "road": "straight", "traffic": "crowded"},
    {"weather": "fog", "road": "curve", "traffic": "normal"},
    {"weather": "clear", "road": "straight", "traffic": "empty"},
)


def sheet(seed: int) -> Pictures:
    """uint8: a row of pictures for every time of day."""
    rows = [
        np.concatenate([picture(sample(seed + i, timeOfDay=hour, **said), AT) for i, said in enumerate(COLUMNS)], 1)
        for hour in VALUES["timeOfDay"]
    ]
    return np.concatenate(rows)


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("road.sheet", "Draws the road at every hour and in every weather.")
    parser.add_argument("out", type=Path, metavar="OUT", help="a .png or .jpg file")
    parser.add_argument("--seed", type=int, default=31, help="of the first column")
    chosen = parser.parse_args(argv)
    Image.fromarray(sheet(chosen.seed)).save(chosen.out, quality=88)


if __name__ == "__main__":
    command.run(main)
