"""Cars that are followed: where all is known, survival and paint are what they must be."""

import numpy as np
import pytest

from longtake_models.evaluate import cars, tracks

RED, BLUE = (200, 30, 30), (30, 30, 200)


def drive(paints, places, rows=64, columns=128):
    """Frames of a grey road with one car of the given paint (None: no car) at the given place, and its boxes."""
    frames, boxes = np.full((len(paints), rows, columns, 3), 90, np.uint8), []
    for frame, paint, x in zip(frames, paints, places, strict=True):
        if paint is None:
            boxes.append(np.zeros((0, 4), np.float32))
            continue
        box = np.array([[x, 0.5, x + 0.2, 0.8]], np.float32)
        frame[32:52, round(x * columns) : round((x + 0.2) * columns)] = paint
        boxes.append(box)
    return frames, boxes


def test_a_car_that_stays_survives_in_its_paint():
    seen = cars.over([drive([RED] * 6, [0.4, 0.41, 0.42, 0.42, 0.41, 0.4])], range(1, 5))
    assert (seen.cars, seen.survival, seen.drift) == (4, 1.0, 0.0)


def test_a_car_that_vanishes_at_a_join_does_not_survive_it():
    video = drive([RED, RED, RED, None, None], [0.4] * 5)
    assert cars.over([video], [2]).survival == 0 and cars.over([video], [1]).survival == 1


def test_new_paint_at_a_join_is_as_far_as_the_two_colours_are():
    video = drive([RED, RED, BLUE, BLUE], [0.4] * 4)
    colours = [tracks.paint(np.full((8, 8, 3), paint, np.uint8), np.array([0, 0, 1, 1.0])) for paint in (RED, BLUE)]
    assert cars.over([video], [1]).drift == pytest.approx(np.linalg.norm(colours[0] - colours[1]), rel=1e-6)
    assert cars.over([video], [2]).drift == 0


def test_cars_that_come_towards_us_narrow_ones_and_cut_ones_are_not_asked_about():
    passing = drive([RED] * 3, [0.2, 0.35, 0.5])
    assert cars.over([passing], [1]).cars == 0
    still = np.array([[0.5, 0.5, 0.55, 0.55], [0.0, 0.4, 0.2, 0.8]], np.float32)
    assert cars.over([(passing[0], [still] * 3)], [1]).cars == 0


def test_each_box_has_one_partner_and_the_best_goes_first():
    before = np.array([[0, 0, 2, 2], [1, 0, 3, 2]], np.float32)
    after = np.array([[1, 0, 3, 2]], np.float32)
    assert tracks.partners(before, after, 0.3) == [(1, 0)]


def test_paints_are_those_of_whole_cars_without_their_lightness():
    frames, boxes = drive([RED, BLUE, None], [0.4] * 3)
    found = tracks.paints(frames, boxes)
    assert found.shape == (2, 2) and found[0, 0] > 40 and found[1, 1] < -40
    assert tracks.paints(frames[2:], boxes[2:]).shape == (0, 2)
