"""The camera: where a point of the world lies in the picture, and what a crest hides."""

import numpy as np

from ..arrays import Array
from .scene import Scene
from .track import Value

CAMERA_HEIGHT = 1.5
HORIZON = 0.36  # of the picture's height, on level road
FOCAL = 0.85  # of the picture's width
FARTHEST = 500.0
_DEPTHS = np.geomspace(1.2, FARTHEST, 260)


class View:
    """One moment seen in a picture of rows x columns (any unit, fractions of pixels are meant)."""

    def __init__(self, scene: Scene, t: float, rows: float, columns: float) -> None:
        self.rows, self.columns = rows, columns
        self.focal, self.cx = FOCAL * columns, columns / 2
        self.curve, self.hills = scene.curve, scene.hills
        self.way = scene.travelled(t)
        self.heading = self.curve.slope(self.way)
        self.pitch = scene.grade(t)
        self.horizon = HORIZON * rows + self.pitch * self.focal
        self._y0, self._e0 = self.curve.value(self.way), self.hills.value(self.way)
        # A row shows the first ground it meets: the running minimum over depth.
        self._envelope = np.minimum.accumulate(self.row(_DEPTHS))
        self.top = float(self._envelope[-1])

    def centre(self, z: Value) -> Value:
        """Lateral position of the road's middle at depth z, metres right of the camera's axis."""
        return self.curve.value(self.way + z) - self._y0 - self.heading * z

    def row(self, z: Value) -> Value:
        """Row of the ground at depth z, hidden or not."""
        rise = self.hills.value(self.way + z) - self._e0
        return self.horizon + (CAMERA_HEIGHT - rise) * self.focal / z

    def place(self, z: float) -> tuple[float, float, float]:
        """(column, row, pixels per metre) of the road's middle, on the ground, at depth z."""
        scale = self.focal / z
        return self.cx + self.centre(z) * scale, self.row(z), scale

    def hidden_from(self, z: Value) -> Value:
        """Row from which on downwards nearer ground hides what stands at depth z."""
        if isinstance(z, float):
            z = np.float64(z)
        return np.interp(z, _DEPTHS, self._envelope)

    def depth(self, row: Array) -> Array:
        """Depth of the ground seen at these rows; rows above the ground give FARTHEST."""
        return np.interp(row, self._envelope[::-1], _DEPTHS[::-1])
