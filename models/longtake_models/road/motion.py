"""Exact optical flow: where what is seen at a pixel at t0 lies at t1, from the places of camera, ground and things."""

import cv2
import numpy as np

from ..arrays import Flow
from ..world.view import FOCAL, HORIZON
from .camera import ASPECT
from .moment import moment
from .render import HEIGHT, WIDTH, board
from .scene import Scene

SAME = 0.04  # share of its depth by which what is seen at t1 may lie nearer or farther than what was looked for


def flow(scene: Scene, t0: float, t1: float, height: int = HEIGHT, width: int = WIDTH) -> Flow:
    """float32 (height, width, 2): dx, dy in pixels; bool (height, width): seen in both pictures.

    Clouds and far hills turn with the camera. Rain, shadows, reflections and the glow of lamps have ways of their own, which are not in it.
    """
    now = moment(scene, t0)
    later = moment(scene, t1, now.origin)
    drawn = board(height, width)
    first, second = drawn.move(now, later), drawn.move(later, now)
    y, x = np.meshgrid(np.arange(height) + 0.5, np.arange(width) + 0.5, indexing="ij")
    sky = first[..., 3] == 0
    towards = np.stack([(x / width - 0.5) / FOCAL, (HORIZON - y / height) / (FOCAL * ASPECT), np.ones_like(x)], -1)
    turned = towards @ now.camera.frame[:3, :3].T @ later.camera.frame[:3, :3]
    dx = (0.5 + FOCAL * turned[..., 0] / turned[..., 2]) * width - x
    dy = (HORIZON - FOCAL * ASPECT * turned[..., 1] / turned[..., 2]) * height - y
    gone = ~sky & (first[..., 2] <= 0)  # or behind the camera
    moved = np.where(sky[..., None], np.stack([dx, dy], -1), first[..., :2] * [width, height]).astype(np.float32)
    moved[gone] = 0
    goal = (np.stack([x, y], -1) + moved - 0.5).astype(np.float32)
    inside = (goal >= 0).all(-1) & (goal[..., 0] <= width - 1) & (goal[..., 1] <= height - 1)
    there = cv2.remap(second[..., 3], goal[..., 0], goal[..., 1], cv2.INTER_NEAREST, borderMode=cv2.BORDER_CONSTANT, borderValue=-1)
    wanted = np.where(sky, 0, first[..., 2])
    return moved, inside & ~gone & (np.abs(there - wanted) <= SAME * wanted)
