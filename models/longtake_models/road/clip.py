"""`python -m longtake_models.road.clip OUT.mp4|DIR`: some seconds of a drive, as a video or as a picture a frame."""

from collections.abc import Sequence
from pathlib import Path

import cv2
from PIL import Image

from .. import command
from ..refused import Refused
from .render import HEIGHT, WIDTH, picture
from .scene import VALUES, Scene, sample

FPS = 24


def write(scene: Scene, start: float, frames: int, out: Path) -> None:
    """A video if `out` ends in .mp4, a folder of pictures otherwise."""
    video = _video(out) if out.suffix == ".mp4" else None
    if video is None:
        out.mkdir(parents=True, exist_ok=True)
    with command.bar(frames, 0, "frames") as bar:
        for i in range(frames):
            drawn = picture(scene, start + i / FPS)
            if video is None:
                Image.fromarray(drawn).save(out / f"{i:05}.png")
            else:
                video.write(cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR))
            bar.update()
    if video is not None:
        video.release()


def _video(out: Path) -> cv2.VideoWriter:
    video = cv2.VideoWriter(str(out), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (WIDTH, HEIGHT))
    if not video.isOpened():
        raise Refused(f"{out} cannot be written as a video: name a folder for pictures instead")
    return video


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("road.clip", f"Draws some seconds of a drive at {FPS} frames a second.")
    parser.add_argument("out", type=Path, metavar="OUT", help="a .mp4 file, or a folder for a picture a frame")
    parser.add_argument("--seed", type=int, default=31, help="of the drive")
    parser.add_argument("--start", type=float, metavar="S", default=5.0, help="seconds into the drive")
    parser.add_argument("--seconds", type=float, metavar="S", default=4.0, help="how long")
    for name, values in VALUES.items():
        parser.add_argument(f"--{name}", choices=values, help="left to the seed if it is not given")
    chosen = parser.parse_args(argv)
    if not (chosen.start >= 0 and chosen.seconds > 0):
        parser.error(f"--start is {chosen.start:g} and --seconds {chosen.seconds:g}, expected at least 0 and more than 0")
    scene = sample(chosen.seed, **{name: getattr(chosen, name) for name in VALUES})
    write(scene, chosen.start, max(1, round(chosen.seconds * FPS)), chosen.out)


if __name__ == "__main__":
    command.run(main)
