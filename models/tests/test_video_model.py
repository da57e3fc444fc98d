"""What makes a video model out of an image model, without trained weights."""

import torch

from longtake_models.denoiser import ATTENTION, BOTH, Denoiser, is_temporal
from longtake_models.latent_space import latent_space
from longtake_models.temporal import REACH, TemporalTransformer
from longtake_models.train.temporal import context_batch


def inputs(frames, batch=2):
    torch.manual_seed(1)
    text = torch.randn(batch, 24, 128)
    return (
        torch.randn(batch, latent_space().channels, frames, 8, 16),
        torch.full((batch, frames), 500.0),
        text,
        text,
        torch.randn(batch, latent_space().channels + 1, frames, 8, 16),
    )


def stirred(network):
    """The network with no weight left at zero, so that every layer has a say."""
    torch.manual_seed(2)
    for p in network.parameters():
        p.data.add_(0.02 * torch.randn_like(p))
    return network.eval()


@torch.no_grad()
def test_with_every_alpha_at_one_the_video_model_is_the_image_model_bit_for_bit():
    network, given = stirred(Denoiser()), inputs(8)
    for name, p in network.named_parameters():
        if name.endswith("merge.mix"):
            p.fill_(100.0)  # sigmoid(100) is 1 in float32
    assert torch.equal(network(*given), network(*given, moving=False))


@torch.no_grad()
def test_untrained_temporal_layers_change_nothing():
    for temporal in (BOTH, ATTENTION):
        network, given = Denoiser(temporal=temporal), inputs(8)
        assert torch.equal(network(*given), network(*given, moving=False))


@torch.no_grad()
def test_the_image_model_treats_frames_alone():
    network, (x, t, text, _, c_s) = stirred(Denoiser()), inputs(8)
    whole = network(x, t, text, text, c_s, moving=False)
    alone = network(x[:, :, 3:4], t[:, 3:4], text, text, c_s[:, :, 3:4], moving=False)
    assert torch.allclose(whole[:, :, 3:4], alone, atol=1e-5)


@torch.no_grad()
def test_every_frame_may_have_a_timestep_of_its_own():
    network, (x, t, *rest) = stirred(Denoiser()), inputs(8)
    other = t.clone()
    other[:, 5] = 10
    assert not torch.allclose(network(x, t, *rest)[:, :, 5], network(x, other, *rest)[:, :, 5])


@torch.no_grad()
def test_context_frames_matter_and_none_means_zeros():
    for temporal in (BOTH, ATTENTION):
        network, (x, t, text, _, c_s) = stirred(Denoiser(temporal=temporal)), inputs(8)
        z = c_s[:, : latent_space().channels]
        none, two = (context_batch(z, torch.tensor([k, k])) for k in (0, 2))
        assert none.abs().max() == 0
        assert two[:, latent_space().channels, :2].min() == 1 and two[:, latent_space().channels, 2:].max() == 0
        assert not torch.allclose(network(x, t, text, text, none), network(x, t, text, text, two))


@torch.no_grad()
def test_temporal_attention_is_the_same_anywhere_in_a_longer_window():
    torch.manual_seed(3)
    layer = stirred(TemporalTransformer(32, 0))
    frames, last = 4 * REACH, 3 * REACH - 4
    x = torch.randn(frames, 32, 2, 2)
    moved = torch.roll(x, 3, 0)
    here, there = layer(x, frames, None, None), layer(moved, frames, None, None)
    assert torch.allclose(here[REACH:last], there[REACH + 3 : last + 3], atol=1e-5)


@torch.no_grad()
def test_frames_out_of_reach_are_not_seen():
    torch.manual_seed(4)
    layer = stirred(TemporalTransformer(32, 0))
    x = torch.randn(REACH + 1, 32, 2, 2)
    other = x.clone()
    other[REACH] = torch.randn(32, 2, 2)
    same = torch.isclose(layer(x, REACH + 1, None, None), layer(other, REACH + 1, None, None)).flatten(1).all(1)
    assert same[0] and not same[1:].any()


def test_temporal_layers_know_their_names():
    names = [n for n, _ in Denoiser().named_parameters()]
    assert any(is_temporal(n) for n in names) and any(not is_temporal(n) for n in names)
