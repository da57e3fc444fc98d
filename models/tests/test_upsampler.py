"""The upsampler: both of its U-Nets, and what they are told."""

import pytest
import torch

from longtake_models.schedule import cosine
from longtake_models.upsampler import Upsampler


def given(factor, frames=3):
    low = torch.randn(1, 3, frames, 32 // factor, 48 // factor)
    return torch.randn(1, 3, frames, 32, 48), torch.full((1, frames), 700.0), low, torch.full((1,), 5.0)


@pytest.mark.parametrize(("factor", "lean"), [(4, False), (2, False), (4, True), (2, True)])
@torch.no_grad()
def test_without_training_a_picture_is_the_noise_over_bilinear_enlargement(factor, lean):
    network = Upsampler((16, 16, 16), factor, lean)
    torch.nn.init.zeros_(network.core.leave[-1].weight)
    torch.nn.init.zeros_(network.core.leave[-1].bias)
    sample, timestep, low, level = given(factor)
    v = network(sample, timestep, low, level)
    alpha, sigma = cosine(timestep[0, 0])
    clean = low / cosine(level)[0]
    large = torch.nn.functional.interpolate(clean[0].transpose(0, 1), scale_factor=float(factor), mode="bilinear").transpose(0, 1)[None]
    left = (alpha * sample - sigma * v) - large  # x0 of v, less what is enlarged: what the preconditioning keeps of the noise
    share = alpha * network.residual**2 / (alpha**2 * network.residual**2 + sigma**2)
    assert torch.allclose(left, share * (sample - alpha * large), atol=1e-4)


@torch.no_grad()
def test_only_the_deepest_blocks_of_the_lean_one_are_told_of_the_timestep():
    network = Upsampler((16, 16, 16), 2, lean=True)
    told = {name.split(".")[0] for name, _ in network.core.named_parameters() if "modulate" in name}
    assert told == {"deep1", "deep2"} and not any(isinstance(m, torch.nn.GroupNorm) for m in network.modules())


@torch.no_grad()
def test_a_frame_sees_no_later_one():
    torch.manual_seed(1)
    network = Upsampler((16, 16, 16), 2, lean=True)
    for p in network.parameters():
        p.add_(0.1 * torch.randn_like(p))
    sample, timestep, low, level = given(2, frames=4)
    other = low.clone()
    other[:, :, 3] += 1
    first, second = network(sample, timestep, low, level), network(sample, timestep, other, level)
    assert torch.allclose(first[:, :, :3], second[:, :, :3], atol=1e-5) and not torch.allclose(first[:, :, 3], second[:, :, 3])
