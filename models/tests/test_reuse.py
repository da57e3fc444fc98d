"""Reuse-and-diffuse: the reference by its own properties, and the file that Java is compared with."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from longtake_models import golden_clips, philox, reuse, sampler

GOLDEN = Path(__file__).parents[2] / "src/test/resources/golden/reuse.safetensors"
PAPER = reuse.Rules(prompts=4, alpha=4, beta=0.4)


def drawn(seed, frames=8):
    return np.random.default_rng(seed).standard_normal((4, frames, 16, 16))


def test_philox_gives_the_words_that_its_authors_publish():
    zero, ones = np.zeros(1, np.uint64), np.full(1, philox.LOW, np.uint64)
    assert [int(w[0]) for w in philox.words((zero,) * 4, (0, 0))] == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    assert [int(w[0]) for w in philox.words((ones,) * 4, (philox.LOW, philox.LOW))] == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]


def test_noise_is_standard_normal_and_of_its_own_for_every_frame_segment_and_stream():
    noise = philox.frames((4, 2, 32, 32), -7, 1, 3, 5)
    assert abs(noise.mean()) < 0.05 and abs(noise.std() - 1) < 0.05
    others = (
        philox.frame(4096, -7, 1, 3, 5),
        philox.frame(4096, -7, 1, 3, 6),
        philox.frame(4096, -7, 1, 4, 5),
        philox.frame(4096, -7, 2, 3, 5),
    )
    assert np.array_equal(others[0], noise[:, 0].ravel())
    assert np.abs(np.corrcoef(others) - np.eye(4)).max() < 0.06


def test_noise_is_that_of_the_java_side():
    expected = [-0.20613791, 2.3930678, -0.98810065, -0.33915332, 1.1784958, -0.71870345]  # NoiseTest's
    assert philox.frame(6, 42, 1, 3, 18, 2) == pytest.approx(expected, abs=1e-6)


def test_prompt_frames_begin_as_the_last_frames_did_in_reverse():
    before, fresh = drawn(1), drawn(2)
    noise = PAPER.noise(before, fresh)
    for j in range(4):
        assert np.array_equal(noise[:, j], before[:, 7 - j])


def test_other_frames_begin_as_a_mixture_that_is_no_louder():
    before, fresh = drawn(1), drawn(2)
    rest = PAPER.noise(before, fresh)[:, 4:]
    assert abs(rest.std() - 1) < 0.03
    assert np.corrcoef(rest.ravel(), before[:, 3::-1].ravel())[0, 1] == pytest.approx(4 / 17**0.5, abs=0.02)
    assert np.array_equal(reuse.Rules(4, 0, 0.4).noise(before, fresh)[:, 4:], fresh[:, 4:])


def test_guidance_leaves_earlier_frames_later():
    before, state = drawn(1), drawn(2)
    guided = [PAPER.guided(state, before, s, 50) for s in range(50)]
    steps = [sum(np.array_equal(g[:, j], before[:, 7 - j]) for g in guided) for j in range(8)]
    assert steps == [20, 15, 10, 5, 0, 0, 0, 0]


@pytest.mark.parametrize("method", ["ddim", "dpm2m"])
def test_a_clip_that_follows_nothing_is_what_the_samplers_of_training_make(method):
    made = reuse.clips([golden_clips.denoiser("road by day")], [drawn(3)[:, :, :2, :4]], 10, PAPER, method)[0]
    v = golden_clips.denoiser("road by day")
    plain = getattr(sampler, method)(lambda x, t: torch.from_numpy(v(x.numpy(), t)), torch.from_numpy(made.states[0]), 10)
    assert np.abs(made.latents - plain.numpy()).max() < 1e-12


def test_the_golden_file_is_what_the_reference_makes():
    kept, made = load_file(GOLDEN), golden_clips.tensors()
    assert kept.keys() == made.keys()
    for name, tensor in made.items():
        assert np.abs(kept[name] - tensor).max() < 1e-6, name


@pytest.mark.parametrize("switch", golden_clips.SWITCHES)
def test_each_rule_changes_every_clip_but_the_first(switch):
    made = golden_clips.tensors()
    difference = np.abs(made[f"ddim.without_{switch}"] - made["ddim.latents"]).max(axis=(1, 2, 3, 4))
    assert difference[0] == 0 and difference[1:].min() > 0.1
