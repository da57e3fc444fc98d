"""The detector's answer means boxes, and what is made of boxes is right where the truth is known."""

import numpy as np
import pytest
import torch

from longtake_models import detector
from longtake_models.train import detector as training

CARS = [
    np.array([[0.40, 0.50, 0.60, 0.80], [0.10, 0.40, 0.18, 0.52]], np.float32),
    np.zeros((0, 4), np.float32),
    np.array([[0.70, 0.45, 0.95, 0.90]], np.float32),
]


def sure(cars, rows=16, columns=32):
    """The answer of a detector that knows."""
    answer, _ = training.wanted(cars, rows, columns)
    answer[:, 0] = torch.where(answer[:, 0] == 1, 5.0, -5.0)
    return answer


def test_what_is_wanted_of_the_detector_is_what_its_answer_is_read_as():
    for found, true in zip(detector.boxes(sure(CARS)), CARS, strict=True):
        assert len(found) == len(true)
        assert np.allclose(sorted(found[:, :4].tolist()), sorted(true.tolist()), atol=1e-5)


@pytest.mark.parametrize("square", [1, 2])
def test_pictures_of_any_recipe_have_the_same_cells(square):
    answer = detector.Detector(square).eval()(torch.zeros(2, 3, 64 * square, 128 * square))
    assert answer.shape == (2, 5, 16, 32) and answer[:, 0].sigmoid().max() < detector.SURE


def test_the_loss_is_least_for_the_truth():
    answer, centres = training.wanted(CARS, 16, 32)
    right = training.loss(sure(CARS), answer, centres)
    wrong = training.loss(sure([CARS[2], CARS[1], CARS[0]]), answer, centres)
    moved = sure(CARS)
    moved[:, 1:] += 0.3
    assert right < 0.05 and wrong > 10 * right and training.loss(moved, answer, centres) > right + 1


def test_overlap_of_boxes_is_shared_area_over_both():
    a, b = np.array([[0, 0, 2, 1], [5, 5, 6, 6]], np.float32), np.array([[1, 0, 3, 1]], np.float32)
    assert detector.overlap(a, b).ravel().tolist() == pytest.approx([1 / 3, 0])
    assert detector.overlap(a, np.zeros((0, 4), np.float32)).shape == (2, 0)


def test_of_two_boxes_over_one_car_the_surer_stays():
    answer = sure([CARS[0][:1]])
    i, j = (answer[0, 0] > 0).nonzero()[0].tolist()
    answer[0, :, i, j + 2] = answer[0, :, i, j]
    answer[0, 0, i, j + 2] = 4.0
    answer[0, 1, i, j + 2] -= 2  # the same box, from two cells beside
    (found,) = detector.boxes(answer)
    assert found[:, :4] == pytest.approx(CARS[0][:1], abs=1e-5) and found[0, 4] == pytest.approx(torch.tensor(5.0).sigmoid().item())


def test_figures_tell_misses_from_ghosts():
    assert training.seen(sure(CARS), CARS) == pytest.approx({"found": 1, "true": 1, "overlap": 1}, abs=1e-5)
    missing = training.seen(sure([CARS[1], CARS[1], CARS[2]]), CARS)
    assert (missing["found"], missing["true"]) == (pytest.approx(1 / 3), 1)
    ghosts = training.seen(sure(CARS), [CARS[0], CARS[1], CARS[1]])
    assert (ghosts["found"], ghosts["true"]) == (1, pytest.approx(2 / 3))


def test_a_mirrored_picture_has_mirrored_boxes():
    assert training.mirrored(CARS[2]).ravel().tolist() == pytest.approx([0.05, 0.45, 0.30, 0.90])
    assert np.allclose(training.mirrored(training.mirrored(CARS[0])), CARS[0])
