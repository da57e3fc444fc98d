"""What is said of decoded pictures is right where the truth is known."""

import numpy as np
import pytest
import torch

from longtake_models import decoded
from longtake_models.autoencoder import Autoencoder
from longtake_models.latent_space import LatentSpace
from longtake_models.refused import Refused


def test_over_cars_only_the_boxes_of_cars_ahead_are_asked():
    squares = np.ones((1, 64, 128), np.float32)
    squares[0, 32:49, 64:81] = 100
    boxes = np.array([[0.5, 0.5, 0.625, 0.75, 20], [0.0, 0.0, 0.5, 0.5, 4], [0.1, 0.5, 0.13, 0.55, 60]], np.float32)
    assert decoded.over_cars(squares, [boxes]) == [pytest.approx(decoded.psnr(np.full(4, 100.0)))]


def test_the_true_picture_stands_above_the_decoded_one():
    true = np.stack([np.full((2, 3, 3), k, np.uint8) for k in range(8)])
    shown = decoded.sheet(true, true + 100)
    assert shown.shape == (8, 12, 3)
    assert shown[:, 0, 0].tolist() == [0, 0, 100, 100, 4, 4, 104, 104] and shown[0, :, 0].tolist() == [k // 3 for k in range(12)]


def test_pictures_go_through_the_network_whole_and_in_their_order():
    torch.manual_seed(0)
    network = Autoencoder(LatentSpace(4, 8, 2, 4)).eval()
    pictures = np.random.default_rng(0).integers(0, 256, (17, 16, 32, 3), dtype=np.uint8)
    made = decoded.decoded(network, pictures)
    assert made.shape == pictures.shape
    assert np.abs(made[16].astype(int) - decoded.decoded(network, pictures[16:])[0]).max() <= 1


def test_without_kept_weights_the_command_says_what_makes_them(monkeypatch, tmp_path):
    monkeypatch.setattr(decoded, "begun", lambda name: None)
    with pytest.raises(Refused, match=r"python -m longtake_models\.train autoencoder makes one"):
        decoded.main([str(tmp_path / "sheet.jpg")])
