"""The world in one digest: of what it shows and says, and not of its source, so that a change of names or layout is no change of data."""

import hashlib
import itertools

import numpy as np

from . import boxes, captions, render, scene

SEEN = (0.0, 3.0, 11.5)  # seconds at which a scene is drawn
DRIVEN = range(20)  # and at which its cars and its motion are looked at
LARGE = 9  # every ninth scene is drawn at full size too


def digest() -> str:
    """SHA-256 over pictures, cars, motion and a caption of a scene of every combination of conditions. About a second.

    Another version of OpenCV or of the C library may round otherwise and so gives another digest, and rightly: its data are others.
    """
    total, values = hashlib.sha256(" ".join(captions.words()).encode()), itertools.product(*scene.VALUES.values())
    for seed, said in enumerate(values):
        drive = scene.sample(seed, **dict(zip(scene.VALUES, said, strict=True)))
        for t in SEEN:
            total.update(render.render(drive, t, 64, 128).tobytes())
        if seed % LARGE == 0:
            total.update(render.render(drive, SEEN[0], 256, 512).tobytes())
        for t in DRIVEN:
            total.update(boxes.car_boxes(drive, t).tobytes())
            total.update(np.array([drive.speed(t), drive.curvature(t), drive.grade(t)], np.float32).tobytes())
        total.update(captions.caption(drive.labels(), np.random.default_rng(seed)).encode())
    return total.hexdigest()
