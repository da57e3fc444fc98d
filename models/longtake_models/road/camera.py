"""The camera: in the middle lane, looking along the road; matrices for OpenGL and the same projection for numbers."""

from dataclasses import dataclass

import numpy as np

from ..arrays import Doubles
from ..world.view import CAMERA_HEIGHT, FOCAL, HORIZON
from .pose import pose
from .scene import Scene

NEAR, FAR = 0.4, 1500.0  # metres
ASPECT = 2.0


@dataclass(frozen=True)
class Camera:
    """At one moment. `frame` carries points from the camera's axes into space; its origin is the eye."""

    frame: Doubles

    @property
    def eye(self) -> Doubles:
        return self.frame[:3, 3]

    @property
    def ahead(self) -> Doubles:
        return self.frame[:3, 2]

    @property
    def right(self) -> Doubles:
        return self.frame[:3, 0]

    def matrix(self, origin: Doubles) -> Doubles:
        """(4, 4): from space, counted from `origin`, to OpenGL's clip coordinates."""
        view = np.eye(4)
        view[:3, :3] = self.frame[:3, :3].T
        view[:3, 3] = -view[:3, :3] @ (self.eye - origin)
        return lens() @ view

    def project(self, points: Doubles) -> Doubles:
        """(N, 3) points in space -> (N, 3): column and row in 0..1 of the picture, depth in metres (all are meant to lie ahead)."""
        seen = (points - self.eye) @ self.frame[:3, :3]
        depth = seen[:, 2]
        return np.stack([0.5 + FOCAL * seen[:, 0] / depth, HORIZON - FOCAL * ASPECT * seen[:, 1] / depth, depth], -1)


def lens() -> Doubles:
    """(4, 4): the projection; the picture's axis is not its middle, so that level horizons lie HORIZON below its top."""
    return np.array(
        [
            [2 * FOCAL, 0, 0, 0],
            [0, 2 * FOCAL * ASPECT, 1 - 2 * HORIZON, 0],
            [0, 0, (FAR + NEAR) / (FAR - NEAR), -2 * FAR * NEAR / (FAR - NEAR)],
            [0, 0, 1, 0],
        ]
    )


def camera(scene: Scene, t: float) -> Camera:
    """At t seconds. It looks along its lane and keeps the mean grade of the next 30 m, which is smooth."""
    way = scene.travelled(t)
    at = np.array(way)
    return Camera(pose(scene.way.place(at, 0.0, CAMERA_HEIGHT), float(scene.way.heading(at)), scene.drive.grade(t)))
