"""`python -m longtake_models.road.look`: what a network that was trained on photographs sees in the cars of the road.

EfficientNet-Lite0 or -Lite2 (photographs.py) is shown tight square crops, 1.5 times as wide as a car, of cars
that are whole and in front, cut from pictures of 512x256; and crops of the same places without the car, for the scenery speaks too.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import torch

from .. import command
from ..arrays import Array, Pictures
from ..photographs import JUDGE, LOSS, SIDES, network, seen
from ..world.traffic import Traffic
from .boxes import car_boxes
from .render import picture
from .scene import VALUES, Scene, sample

CARS = (407, 436, 468, 479, 511, 581, 609, 627, 656, 661, 717, 734, 751, 817)  # classes of ImageNet: passenger cars and close kin
VEHICLES = (*CARS, 555, 569, 654, 675, 705, 757, 779, 864, 867, 874)
SEED, AT, LARGER, FARTHEST, APART = 100, 5.0, 0.75, 40.0, 0.08


def places(scene: Scene, t: float) -> list[tuple[int, int, int]]:
    """Column, row and half side in pixels of a square around every car that is whole, within 40 m and behind no other."""
    found, boxes = [], car_boxes(scene, t).tolist()
    for i, (x0, y0, x1, y1, depth) in enumerate(boxes):
        hidden = any(min(x1, b[2]) - max(x0, b[0]) > APART * (x1 - x0) for b in boxes[:i])
        if x0 > 0.004 and x1 < 0.996 and depth < FARTHEST and not hidden:
            found.append((round(256 * (x0 + x1)), round(128 * (y0 + y1)), int(LARGER * max(512 * (x1 - x0), 256 * (y1 - y0)))))
    return found


def crop(drawn: Pictures, place: tuple[int, int, int], side: int) -> Pictures:
    x, y, half = place
    edge = 256
    wide = cv2.copyMakeBorder(drawn, edge, edge, edge, edge, cv2.BORDER_REPLICATE)
    cut = wide[y - half + edge : y + half + edge, x - half + edge : x + half + edge]
    return np.asarray(cv2.resize(cut, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)


@torch.no_grad()
def asked(net: torch.nn.Module, crops: Sequence[Pictures]) -> Array:
    """(N, 1000) probabilities."""
    shown = torch.tensor(np.stack(crops)).permute(0, 3, 1, 2).float() / 127.5 - 1
    return np.asarray(torch.cat([net(seen(part)).softmax(-1) for part in torch.split(shown, 16)]))


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("road.look", "Asks a network that was trained on photographs about the cars of the road.")
    parser.add_argument("--scenes", type=int, metavar="N", default=60, help="for each time of day")
    parser.add_argument("--network", choices=(LOSS, JUDGE), default=LOSS, help="EfficientNet-Lite0, or -Lite2, which no part learns from")
    chosen = parser.parse_args(argv)
    if chosen.scenes < 1:
        parser.error(f"--scenes is {chosen.scenes}, expected at least 1")
    net, side = network(chosen.network), SIDES[chosen.network]
    for hour in VALUES["timeOfDay"]:
        crops, bare, spent = [], [], 0.0
        for i in range(chosen.scenes):
            scene = sample(SEED + i, timeOfDay=hour, weather="clear", traffic="normal")
            begun = time.process_time()
            drawn = picture(scene, AT)
            spent += time.process_time() - begun
            found = places(scene, AT)
            if found:
                empty = picture(replace(scene, drive=replace(scene.drive, flow=Traffic(0, (), ()))), AT)
                crops += [crop(drawn, place, side) for place in found]
                bare += [crop(empty, place, side) for place in found]
        shown, without = asked(net, crops), asked(net, bare)
        first = shown.argmax(-1)
        print(
            f"{hour}: {len(crops)} cars; vehicles {shown[:, VEHICLES].sum(-1).mean():.2f} of the probability "
            f"({without[:, VEHICLES].sum(-1).mean():.2f} without the car), first guess a vehicle {np.isin(first, VEHICLES).mean():.2f}, "
            f"a car {np.isin(first, CARS).mean():.2f} ({np.isin(without.argmax(-1), CARS).mean():.2f}); "
            f"{chosen.scenes / spent:.1f} pictures a second of one core"
        )


if __name__ == "__main__":
    command.run(main)
