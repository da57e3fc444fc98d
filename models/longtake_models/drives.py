"""A drive through either world, as data set and evaluation see it. The recipe says which world (`world` in data.toml)."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .arrays import Floats, Flow, Pictures
from .refused import Refused
from .road import boxes as road_boxes
from .road import motion as road_motion
from .road import render as road_render
from .road import scene as road_scene
from .world import boxes, flow, render, scene
from .world.scene import Labels


class Drive(Protocol):
    """Times are seconds into the drive, sizes pixels."""

    def labels(self) -> Labels: ...

    def motion(self, t: float) -> tuple[float, float, float]:
        """Speed in m/s, curvature in 1/m, grade."""

    def pictures(self, start: float, frames: int, fps: float, height: int, width: int) -> Pictures:
        """uint8 (frames, height, width, 3)."""

    def car_boxes(self, t: float) -> Floats:
        """(N, 5): x0, y0, x1, y1 in 0..1 of the picture and depth, nearest first."""

    def flow(self, t0: float, t1: float, height: int, width: int) -> Flow: ...


@dataclass(frozen=True)
class PlainDrive:
    """Flat colours, drawn with polygons (`world`)."""

    scene: scene.Scene

    def labels(self) -> Labels:
        return self.scene.labels()

    def motion(self, t: float) -> tuple[float, float, float]:
        return self.scene.speed(t), self.scene.curvature(t), self.scene.grade(t)

    def pictures(self, start: float, frames: int, fps: float, height: int, width: int) -> Pictures:
        return render.clip(self.scene, start, frames, fps, height, width)

    def car_boxes(self, t: float) -> Floats:
        return boxes.car_boxes(self.scene, t)

    def flow(self, t0: float, t1: float, height: int, width: int) -> Flow:
        return flow.flow(self.scene, t0, t1, height, width)


@dataclass(frozen=True)
class RoadDrive:
    """Meshes and shaders over software OpenGL (`road`)."""

    scene: road_scene.Scene

    def labels(self) -> Labels:
        return self.scene.labels()

    def motion(self, t: float) -> tuple[float, float, float]:
        drive = self.scene.drive
        return drive.speed(t), drive.curvature(t), drive.grade(t)

    def pictures(self, start: float, frames: int, fps: float, height: int, width: int) -> Pictures:
        return road_render.render(self.scene, (start + np.arange(frames) / fps).tolist(), height, width)

    def car_boxes(self, t: float) -> Floats:
        return road_boxes.car_boxes(self.scene, t)

    def flow(self, t0: float, t1: float, height: int, width: int) -> Flow:
        return road_motion.flow(self.scene, t0, t1, height, width)


def sample(world: str, seed: int, said: Labels | None = None) -> Drive:
    """The drive of this seed; labels that are said are fixed, the others are drawn."""
    said = said or {}
    if world == "plain":
        return PlainDrive(scene.sample(seed, **said))
    if world == "road":
        return RoadDrive(road_scene.sample(seed, **said))
    raise Refused(f"data: world is {world!r}, expected 'plain' or 'road'")
