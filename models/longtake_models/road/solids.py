"""Signed distances, and the surface at which one is zero."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Array, Doubles, Floats, Integers

CORNERS = np.array([[i >> 2 & 1, i >> 1 & 1, i & 1] for i in range(8)])
EDGES = [(a, b) for a in range(8) for b in range(a + 1, 8) if bin(a ^ b).count("1") == 1]


@dataclass(frozen=True)
class Mesh:
    """`points` float32 (N, 6 or more): place, normal, and what the shader of the thing wants; `corners` int32 (3 a triangle)."""

    points: Floats
    corners: Array

    def place(self) -> Floats:
        return self.points[:, :3]


def polygon(x: Doubles, y: Doubles, outline: Sequence[tuple[float, float]]) -> Doubles:
    """Signed distance of points to a closed outline, negative inside."""
    near, inside = np.full(x.shape, np.inf), np.zeros(x.shape, bool)
    for (ax, ay), (bx, by) in zip(outline, (outline[-1], *outline[:-1])):
        ex, ey, wx, wy = bx - ax, by - ay, x - ax, y - ay
        share = np.clip((wx * ex + wy * ey) / (ex * ex + ey * ey), 0, 1)
        near = np.minimum(near, np.hypot(wx - ex * share, wy - ey * share))
        crosses = (y >= ay) & (y < by) & (ex * wy > ey * wx) | (y < ay) & (y >= by) & (ex * wy <= ey * wx)
        inside ^= crosses
    return np.where(inside, -near, near)


def smooth_max(a: Doubles, b: Doubles, over: float) -> Doubles:
    """The larger of both, rounded where they differ by less than `over`."""
    share = np.clip(0.5 - 0.5 * (b - a) / over, 0, 1)
    return b + (a - b) * share + over * share * (1 - share)


def smooth_min(a: Doubles, b: Doubles, over: float) -> Doubles:
    return -smooth_max(-a, -b, over)


def surface(distance: Callable[[Doubles, Doubles, Doubles], Doubles], low: Sequence[float], high: Sequence[float], step: float) -> Mesh:
    """The zero surface in a box, by naive surface nets: a point in every cell that it crosses, a quad across every edge that it cuts."""
    axes = [np.arange(a, b, step) for a, b in zip(low, high)]
    field = distance(*axes)
    shape = np.array(field.shape)
    inside = field < 0
    corner = [inside[tuple(slice(o, n - 1 + o) for o, n in zip(offset, shape))] for offset in CORNERS]
    cells = np.argwhere(~np.logical_and.reduce(corner) & np.logical_or.reduce(corner))
    values = np.stack([field[tuple((cells + offset).T)] for offset in CORNERS], -1)
    total, count = np.zeros((len(cells), 3)), np.zeros((len(cells), 1))
    for a, b in EDGES:
        va, vb = values[:, a, None], values[:, b, None]
        cut = (va < 0) != (vb < 0)
        share = np.where(cut, va / np.where(cut, va - vb, 1), 0)
        total += np.where(cut, CORNERS[a] + share * (CORNERS[b] - CORNERS[a]), 0)
        count += cut
    within = total / count
    slope = np.zeros((len(cells), 3))
    for axis in range(3):
        for corner_index, offset in enumerate(CORNERS):
            weight = np.ones(len(cells))
            for other in range(3):
                if other != axis:
                    weight *= within[:, other] if offset[other] else 1 - within[:, other]
            slope[:, axis] += (1 if offset[axis] else -1) * weight * values[:, corner_index]
    normal = slope / (np.linalg.norm(slope, axis=1, keepdims=True) + 1e-9)
    place = (cells + within) * step + np.array([axis[0] for axis in axes])
    return Mesh(np.concatenate([place, normal], 1).astype(np.float32), _turned(_quads(inside, cells, shape), place, normal))


def _turned(corners: Array, place: Doubles, normal: Doubles) -> Array:
    """The same triangles, all with their corners in one sense as seen from outside, so that those that look away can be left out."""
    a, b, c = (place[corners[i::3]] for i in range(3))
    outward = normal[corners[0::3]] + normal[corners[1::3]] + normal[corners[2::3]]
    wrong = np.einsum("ij,ij->i", np.cross(b - a, c - a), outward) < 0
    found = corners.reshape(-1, 3).copy()
    found[wrong] = found[wrong][:, ::-1]
    return found.reshape(-1)


def _quads(inside: Array, cells: Integers, shape: Array) -> Array:
    number = np.full(tuple(shape - 1), -1)
    number[tuple(cells.T)] = np.arange(len(cells))
    found = []
    for axis in range(3):
        b, c = (axis + 1) % 3, (axis + 2) % 3
        ahead = np.roll(inside, -1, axis)
        cut = np.argwhere(inside != ahead)
        cut = cut[
            (cut[:, axis] < shape[axis] - 1) & (cut[:, b] > 0) & (cut[:, c] > 0) & (cut[:, b] < shape[b] - 1) & (cut[:, c] < shape[c] - 1)
        ]
        around = []
        for back_b, back_c in ((0, 0), (1, 0), (1, 1), (0, 1)):
            cell = cut.copy()
            cell[:, b] -= back_b
            cell[:, c] -= back_c
            around.append(number[tuple(cell.T)])
        p, q, r, s = around
        found.append(np.stack([p, q, r, p, r, s], -1))
    return np.concatenate(found).reshape(-1).astype(np.int32)


def box(low: Sequence[float], high: Sequence[float], drawn_in: tuple[float, float] = (0.0, 0.0)) -> Floats:
    """(36, 6): triangles of a box whose top is drawn in by so many metres on each side, in x and in z."""
    (x0, y0, z0), (x1, y1, z1), (dx, dz) = low, high, drawn_in
    p = np.array(
        [
            *[[x0, y0, z0], [x1, y0, z0], [x1, y0, z1], [x0, y0, z1]],
            *[[x0 + dx, y1, z0 + dz], [x1 - dx, y1, z0 + dz], [x1 - dx, y1, z1 - dz], [x0 + dx, y1, z1 - dz]],
        ]
    )
    out = []
    for a, b, c, d in ((0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7), (4, 5, 6, 7), (3, 2, 1, 0)):
        normal = np.cross(p[c] - p[a], p[d] - p[b])  # the diagonals: a side may be drawn in to a line
        normal = normal / (np.linalg.norm(normal) + 1e-9)
        order = (a, b, c, a, c, d)
        if normal @ (p[[a, b, c, d]].mean(0) - p.mean(0)) < 0:
            normal, order = -normal, order[::-1]
        out += [np.concatenate([p[i], normal]) for i in order]
    return np.array(out, np.float32)


def loose(points: Floats) -> Mesh:
    """Triangles that share no points."""
    return Mesh(points, np.arange(len(points), dtype=np.int32))
