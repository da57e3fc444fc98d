"""Fixed kernels stand for what they replace."""

import pytest
import torch
import torch.nn.functional as F

from longtake_models.squares import Enlarge, Unshuffle


def test_a_fixed_kernel_cuts_pictures_into_squares():
    x = torch.randn(2, 3, 16, 24)
    assert torch.equal(Unshuffle(4)(x), F.pixel_unshuffle(x, 4))


@pytest.mark.parametrize("factor", [1, 2, 4])
def test_a_fixed_kernel_enlarges_as_bilinear_interpolation_does_at_the_borders_too(factor):
    low = torch.randn(2, 3, 16 // factor, 24 // factor)
    large = F.interpolate(low, scale_factor=float(factor), mode="bilinear", align_corners=False)
    assert torch.allclose(Enlarge(factor, 4)(low), F.pixel_unshuffle(large, 4), atol=1e-6)


def test_squares_are_cut_in_fp32_under_autocast():
    x = torch.randn(1, 3, 8, 8)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert torch.equal(Unshuffle(4)(x), F.pixel_unshuffle(x, 4))
