"""The measures give what mathematics says they must, on inputs whose answer is known."""

from itertools import chain

import numpy as np
import pytest
import torch

from longtake_models import counter, judge, sight
from longtake_models.evaluate import (
    colour,
    degrade,
    duplicates,
    flicker,
    frechet,
    interpolation,
    likeness,
    real,
    seams,
    space,
    stage,
    table,
    warping,
)
from longtake_models.latent_space import LatentSpace
from longtake_models.world import captions

RNG = np.random.default_rng(0)


def gaussian(n, mean, spread):
    """n samples whose mean and covariance are exactly mean and diag(spread^2)."""
    x = RNG.normal(size=(n, len(mean)))
    x = x - x.mean(0)
    x = x @ np.linalg.inv(np.linalg.cholesky(np.cov(x, rowvar=False))).T
    return x * spread + mean


def texture(rows, columns):
    y, x = np.mgrid[:rows, :columns]
    return np.stack([127 + 60 * np.sin(x / 5 + k) * np.cos(y / 4 - k) for k in range(3)], -1)


def test_frechet_of_known_gaussians_is_the_closed_form():
    a, b = gaussian(500, [0, 0, 0], np.array([1, 2, 3])), gaussian(400, [1, -2, 0.5], np.array([2, 2, 0.5]))
    assert frechet.frechet(a, b) == pytest.approx(1 + 4 + 0.25 + 1 + 0 + 6.25, rel=1e-9)


def test_frechet_of_a_set_to_itself_is_zero_and_it_is_symmetric():
    a, b = RNG.normal(size=(60, 128)), RNG.normal(size=(60, 128)) + 0.1
    assert frechet.frechet(a, a) == pytest.approx(0, abs=1e-8)
    assert frechet.frechet(a, b) == pytest.approx(frechet.frechet(b, a), rel=1e-9)


def test_frechet_sees_correlation_that_the_variances_do_not_show():
    a = gaussian(300, [0, 0], np.array([1, 1]))
    turned = a @ np.linalg.cholesky(np.array([[1, 0.9], [0.9, 1]])).T
    assert frechet.frechet(a, turned) > 0.3


def test_frechet_refuses_features_of_different_width():
    with pytest.raises(ValueError, match="expected, found"):
        frechet.frechet(np.zeros((4, 3)), np.zeros((4, 2)))


def test_following_the_known_flow_of_a_translated_picture_leaves_no_error():
    wide = texture(40, 80)
    frames = [wide[4:36, k : k + 60] for k in (0, 3, 6)]  # what is at x is at x - 3 in the next frame
    flow = np.zeros((32, 60, 2), np.float32)
    flow[..., 0] = -3
    valid = np.ones((32, 60), bool)
    valid[:, :3] = False
    assert warping.warping_error(frames, [(flow, valid)] * 2) == pytest.approx(0, abs=1e-3)
    assert warping.warping_error(frames, [(0 * flow, valid)] * 2) > 1


def test_still_flicker_is_that_of_the_sensor():
    video = flicker.still(np.full((64, 128, 3), 120, np.uint8), 16, seed=1)
    assert flicker.flicker(video) == pytest.approx(2 / np.sqrt(np.pi), rel=0.1)  # mean |difference| of two normals
    assert flicker.flicker(np.repeat(video[:1], 4, 0)) == 0


def test_joins_lie_between_the_last_known_key_and_the_first_new_one():
    assert seams.joins(8 + 6 + 6).tolist() == [7, 13]
    assert seams.joins(14).tolist() == [7]


def test_seam_ratio_of_synthetic_sequences():
    even = np.cumsum(np.ones(20))[:, None]
    jump = even.copy()
    jump[8:] += 2  # one join changes three times as much
    assert seams.seam_ratio(seams.changes(even), seams.joins(20)) == pytest.approx(1)
    assert seams.seam_ratio(seams.changes(jump), [7]) == pytest.approx(3)
    with pytest.raises(ValueError, match="0 joins"):
        seams.seam_ratio(np.ones(7), seams.joins(8))


def test_a_video_of_constant_colour_does_not_drift():
    slope, ends = colour.drift([colour.mean_lab(np.full((8, 8, 3), 90, np.uint8))] * 200, fps=6)
    assert np.allclose(slope, 0) and np.allclose(ends, 0)


def test_a_video_that_grows_brighter_drifts_by_its_slope():
    lab = np.stack([50 + np.arange(600) / 6 / 60 * 4, np.zeros(600), np.ones(600)], 1)  # 4 L a minute
    slope, ends = colour.drift(lab, fps=6)
    assert slope == pytest.approx([4, 0, 0]) and ends == pytest.approx([4, 0, 0])


def test_lab_of_white_is_a_hundred():
    assert colour.mean_lab(np.full((2, 2, 3), 255, np.uint8)) == pytest.approx([100, 0, 0], abs=0.1)


def test_duplicates_are_counted_wherever_they_are():
    a, b, c = (np.full((4, 4, 3), v, np.uint8) for v in (10, 20, 30))
    nearly = c.copy()
    nearly[0, 0, 0] += 1
    assert duplicates.duplicates([a, b, c]) == (0, 0)
    assert duplicates.duplicates([a, b, a, a]) == (2, 1)
    assert duplicates.duplicates([a, b, c, nearly]) == (0, 1)


def test_psnr_is_the_mean_over_pictures():
    real_ = np.zeros((2, 4, 4, 3))
    made = real_ + np.array([255 * 0.1, 255 * 0.01]).reshape(2, 1, 1, 1)
    assert likeness.psnr(made, real_) == pytest.approx(30, abs=1e-4)


def test_levels_and_signals_are_inverse():
    frames = RNG.integers(0, 256, (2, 3, 8, 8, 3), dtype=np.uint8)
    assert (likeness.levels(likeness.signals(frames)) == frames).all()


def test_blend_is_exact_where_everything_moves_evenly():
    video = np.arange(9, dtype=np.float32).reshape(1, 9, 1, 1, 1)
    assert np.allclose(interpolation.blend(video[:, ::4]), video[:, :-1])
    assert interpolation.nearest(video[:, ::4]).ravel().tolist() == [0, 0, 0, 4, 4, 4, 4, 8]
    assert interpolation.between(video[:, :-1]).ravel().tolist() == [1, 2, 3, 5, 6, 7]


def test_a_clip_of_any_length_is_looked_at_from_key_to_key():
    assert [interpolation.covered(frames, step) for frames, step in ((48, 1), (48, 4), (30, 1), (30, 4), (17, 4))] == [25, 9, 25, 5, 5]


def test_every_combination_of_conditions_is_asked_for_and_in_both_ways():
    said = real.asked(108)
    assert len({tuple(s.values()) for s in said[:54]}) == 54
    for way in (False, True):
        assert len({tuple(s.values()) for i, s in enumerate(said) if real.as_tokens(i) == way}) == 54
    assert real.prompt(said[1], 3) == real.prompt(said[1], 3)
    tokens = real.prompt(said[1], 3, tokens=True).split()
    assert tokens == [captions.LABEL_TOKENS[k][v] for k, v in said[1].items()]


def test_tiles_are_the_pictures_of_the_large_clip():
    clip = RNG.integers(0, 256, (1, 8, 256, 512, 3), dtype=np.uint8)
    tiles = space.crops(clip, 4)
    assert tiles.shape == (16, 8, 64, 128, 3)
    assert (tiles[6] == clip[0, :, 64:128, 256:384]).all()
    assert (space.crops(clip, 2)[3] == clip[0, :, 128:, 256:]).all()


@pytest.mark.parametrize("square", [1, 2])
def test_the_judge_finds_what_it_promises_in_pictures_of_any_recipe(square):
    network = judge.Judge(square).eval()
    found = space.Space(network).look(RNG.integers(0, 256, (3, 8, 64 * square, 128 * square, 3), dtype=np.uint8), "large")
    assert found["features"].shape == (3, judge.FEATURES) and found["cars"].shape == (3, 8) and found["speed"].shape == (3,)
    assert {k: found[k].shape[1] for k in (*judge.CONDITIONS, "order")} == {
        "timeOfDay": 3,
        "traffic": 3,
        "weather": 3,
        "road": 2,
        "order": 5,
    }


def test_instruments_see_larger_pictures_in_squares_and_lose_none_of_their_pixels():
    pictures = torch.randn(2, 3, 8, 128, 256)
    seen = sight.places(pictures, 2)
    assert seen.shape == (2, 12, 8, 64, 128) and torch.equal(seen[1, 3, 5], pictures[1, 0, 5, 1::2, 1::2])
    assert torch.equal(sight.places(pictures, 1), pictures)
    spaces = {picture: LatentSpace(8, 8, picture[0] // 8, picture[1] // 8) for picture in ((64, 128), (128, 256), (96, 192))}
    assert [sight.side(spaces[picture]) for picture in ((64, 128), (128, 256))] == [1, 2]
    with pytest.raises(ValueError, match="pictures of 192x96, expected 128x64 or a multiple of both"):
        sight.side(spaces[96, 192])


def test_the_counter_counts_in_pictures_of_any_recipe():
    cars, night = counter.CarCounter(2).eval()(torch.zeros(3, 3, 128, 256))
    assert cars.shape == night.shape == (3,) and (cars > 0).all()


def test_the_digest_names_the_weights():
    network = judge.Judge()
    before = judge.digest(network)
    assert before == judge.digest(network)
    with torch.no_grad():
        network.heads["order"].bias[0] += 1
    assert judge.digest(network) != before


def test_degradations_keep_shape_and_range_and_do_what_they_say():
    x = likeness.signals(np.repeat(texture(64, 128)[None, None], 8, 1).astype(np.uint8))
    for spoilt in (degrade.flicker(x[0], 0.1)[None], degrade.noisy(x, 0.1), degrade.blurred(x, 1.5)):
        assert spoilt.shape == x.shape and spoilt.abs().max() <= 1
    assert (degrade.flicker(x[0], 0.1)[:, 1:] - degrade.flicker(x[0], 0.1)[:, :-1]).abs().mean() > 0.02
    assert torch.allclose(degrade.blurred(torch.full_like(x, 0.3), 1.0), torch.full_like(x, 0.3), atol=1e-5)
    assert any(degrade.shuffled(2, np.random.default_rng(k)).tolist() != [0, 1] for k in range(3))


class FakePipeline:
    """Videos of noise; remembers what was asked of it."""

    def __init__(self, profile="few", temporal="both"):
        self.asked = []

    def keys_batch(self, prompts, segments, seeds, **choices):
        self.asked.append((prompts, segments, seeds))
        return torch.stack([torch.randn(8, 6 * segments + 2, 8, 16, generator=torch.Generator().manual_seed(s)) for s in seeds])


def test_videos_are_made_in_batches_each_with_its_own_prompt_and_seed(tmp_path):
    measured = stage.Stage(stage.QUICK, tmp_path, FakePipeline)
    keys, said, runs = measured.videos("few", 5)
    assert keys.shape == (5, 8, 14, 8, 16) and runs == 0
    prompts, segments, seeds = (list(chain(*x)) if isinstance(x[0], list) else x for x in zip(*measured.pipeline("few").asked))
    assert len(prompts) == len(seeds) == len(set(seeds)) == 5 and segments == (2, 2)
    assert prompts[1] == real.prompt(said[1], stage.SEED + 1, tokens=True)
    assert measured.videos("few", 5)[0] is keys


def test_results_keep_the_rows_that_were_not_measured_again(tmp_path):
    path = tmp_path / "results.json"
    table.Results(path).put("videos", [table.below("seam", 1.23456789, 1.1, samples=np.int64(3), seeds=(1, 2))], {"seconds": 2.0})
    table.Results(path).put("long", [table.above("calls", 6.0, 5)], {"seconds": 1.0})
    kept = table.Results(path)
    row = kept.groups["videos"]["rows"][0]
    assert row["value"] == 1.235 and row["ok"] is False and row["target"] == "<= 1.1" and row["detail"] == {"samples": 3, "seeds": [1, 2]}
    shown = kept.text(["videos", "long"])
    assert "videos: seam" in shown and "MISS" in shown and "pass" in shown
