"""The ground: a strip along the road, with kerbs in town, and a plain around it; and how high it is beside the road."""

import numpy as np

from ..arrays import Array, Doubles, Floats, Truths
from ..world.scene import ROAD_HALF
from .scene import Scene

PLAIN = -4.0  # height of what lies beside the strip, metres below the middle of the hills
KERB, PAVEMENT = 0.12, 2.2  # height and width, metres
NEAR, FAR = 140.0, 560.0  # to here the strip has a row every STEP metres, to there every STRIDE
STEP, STRIDE, BEHIND = 2, 10, 10
WIDE = 2500.0
APART = np.array([20_000.0, 0.0])  # keeps the texture of the plain off the road's

# Lateral place and height above the road's middle from the edge outwards; None: down to the plain.
COUNTRY: tuple[tuple[float, float | None], ...] = ((ROAD_HALF, -0.03), (7.0, -0.12), (9.0, -0.35), (14.0, -0.1), (26.0, -0.3), (48.0, None))
TOWN: tuple[tuple[float, float | None], ...] = (
    *((ROAD_HALF, -0.04), (ROAD_HALF + 0.02, KERB), (ROAD_HALF + PAVEMENT, KERB), (ROAD_HALF + PAVEMENT + 0.05, 0.08)),
    *((14.0, 0.1), (26.0, -0.2), (48.0, None)),
)


def profile(scene: Scene) -> tuple[tuple[float, float | None], ...]:
    return TOWN if scene.town else COUNTRY


def height(scene: Scene, lateral: float) -> float:
    """Of the ground above the road's middle, at most 26 m beside it."""
    places, heights = zip(*((x, y) for x, y in profile(scene) if y is not None))
    return float(np.interp(abs(lateral), (0.0, *places), (0.0, *heights)))


def rows(way: float) -> Doubles:
    """Where the strip has its points along the road: fixed places, so that the ground does not move with the camera."""
    first, turn = STRIDE * np.floor((way - BEHIND) / STRIDE), STRIDE * np.floor((way + NEAR) / STRIDE)
    return np.concatenate([np.arange(first, turn, STEP), np.arange(turn, way + FAR, STRIDE)])


def strip(scene: Scene, way: float, origin: Doubles) -> Floats:
    """(N, 8) triangles: place from `origin`, normal, and lateral and along, metres; the along counts from the start of the drive."""
    s = rows(way)
    side = profile(scene)
    x = np.array([-place for place, _ in side[::-1]] + [0.0] + [place for place, _ in side])
    drop = [high for _, high in side]
    offsets = [*drop[::-1], 0.0, *drop]
    columns = []
    for lateral, offset in zip(x.tolist(), offsets):
        points = scene.way.place(s, lateral, 0.0 if offset is None else offset)
        if offset is None:
            points[:, 1] = PLAIN
        columns.append(points - origin)
    grid = np.stack(columns, 1)  # (rows, columns, 3)
    quads = []
    for k in range(len(x) - 1):
        a, b = grid[:, k], grid[:, k + 1]
        along = np.gradient((a + b) / 2, axis=0)
        normal = np.cross(along, b - a)
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        left = np.concatenate([a, normal, np.full((len(s), 1), x[k]), s[:, None]], 1)
        right = np.concatenate([b, normal, np.full((len(s), 1), x[k + 1]), s[:, None]], 1)
        quads.append(_triangles(left, right))
    quads.append(_plain(scene, way, origin))
    return np.concatenate(quads).astype(np.float32)


def _triangles(left: Array, right: Array) -> Array:
    return np.stack([left[:-1], right[:-1], right[1:], left[:-1], right[1:], left[1:]], 1).reshape(-1, left.shape[1])


def _plain(scene: Scene, way: float, origin: Doubles) -> Array:
    """One large square a little lower than the strip's edge; its texture is laid by place, not along the road."""
    x, _, z = scene.way.place(np.array(way)).tolist()
    corners = np.array([[x - WIDE, z - WIDE], [x + WIDE, z - WIDE], [x + WIDE, z + WIDE], [x - WIDE, z + WIDE]])[[0, 1, 2, 0, 2, 3]]
    high = np.full((6, 1), PLAIN - 0.05)
    points = np.concatenate([corners[:, :1], high, corners[:, 1:]], 1)
    return np.concatenate([points - origin, np.tile([0.0, 1.0, 0.0], (6, 1)), corners + APART], 1)


def hides(scene: Scene, way: float, eye: Doubles, points: Doubles) -> Truths:
    """(N,): whether a crest of the road lies between the eye, `way` metres along it, and each of the points (N, 3)."""
    share = np.linspace(0.05, 0.95, 24)
    rays = eye + (points[:, None] - eye) * share[None, :, None]
    far = float(np.linalg.norm(points - eye, axis=1).max(initial=0))
    middle = scene.way.place(way + np.arange(-4, 1.4 * far + 8, 2.0))
    apart = ((rays[:, :, None, [0, 2]] - middle[None, None, :, [0, 2]]) ** 2).sum(-1)
    found: Truths = np.any(rays[..., 1] < middle[np.argmin(apart, -1), 1], axis=1)
    return found
