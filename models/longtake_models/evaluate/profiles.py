"""The distilled profile against the full one: what fewer network calls cost."""

from collections.abc import Iterator

from ..pipeline import PROFILES, ProfileName
from . import real
from .frechet import frechet
from .space import windows
from .stage import SEED, Stage, trained
from .table import Json, Row, at_least, below


def rows(stage: Stage) -> Iterator[Row]:
    found: dict[str, dict[str, float]] = {}
    names: tuple[ProfileName, ...] = ("full", "few")
    for name in names:
        keys, said, runs = stage.videos(name, stage.sizes.compared)
        videos = stage.pictures(keys)
        truth = stage.space.features(real.reference([*said, *said]))
        found[name] = {
            "frechet": frechet(truth, stage.space.features(windows(videos, (0, videos.shape[1] - 8)))),
            "runs": runs,
            "steps": PROFILES[name].steps,
            "guidance": PROFILES[name].guidance,
        }
    full, few = found["full"], found["few"]
    about: Json = {
        "judge": stage.space.digest,
        "seed": SEED,
        "samples": stage.sizes.compared,
        "windows": 2 * stage.sizes.compared,
        "parts": trained("image", "temporal", "student"),
        **found,
    }
    yield below("Fréchet, few-step / full", few["frechet"] / full["frechet"], 1.15, **about)
    yield at_least("denoiser runs, full / few-step", full["runs"] / few["runs"], 5, **about)
