"""The world in one digest: of what it shows and says, and not of its source, so that a change of names or layout is no change of data."""

import hashlib
import itertools

import numpy as np

from ..config import load
from ..drives import sample
from . import captions, scene

SEEN = (0.0, 3.0, 11.5)  # seconds at which a scene is drawn
DRIVEN = range(20)  # and at which its cars and its motion are looked at
LARGE = 9  # every ninth scene is drawn at full size too


def digest() -> str:
    """SHA-256 over pictures, cars, motion and a caption of a drive of all combinations of conditions, in the recipe's world. Seconds.

    Another version of OpenCV, of Mesa or of the C library may round otherwise and so gives another digest, and rightly: its data differ.
    """
    total, values = hashlib.sha256(" ".join(captions.words()).encode()), itertools.product(*scene.VALUES.values())
    for seed, said in enumerate(values):
        drive = sample(load()["data"]["world"], seed, dict(zip(scene.VALUES, said, strict=True)))
        for t in SEEN:
            total.update(drive.pictures(t, 1, 1, 64, 128).tobytes())
        if seed % LARGE == 0:
            total.update(drive.pictures(SEEN[0], 1, 1, 256, 512).tobytes())
        for t in DRIVEN:
            total.update(drive.car_boxes(t).tobytes())
            total.update(np.array(drive.motion(t), np.float32).tobytes())
        total.update(captions.caption(drive.labels(), np.random.default_rng(seed)).encode())
    return total.hexdigest()
