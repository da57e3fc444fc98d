"""The driving world: what its videos promise to those who learn from them."""

import re

import cv2
import numpy as np
import pytest

from longtake_models.world import backdrop, boxes, captions, dataset, fingerprint, flow, render, scene

STEP = 1 / 24


def video(seed, start, frames, **labels):
    return render.clip(scene.sample(seed, **labels), start, frames, 24, 64, 128).astype(np.float32)


def test_a_picture_depends_on_seed_and_time_alone():
    assert (render.render(scene.sample(5), 3.7, 64, 128) == render.render(scene.sample(5), 3.7, 64, 128)).all()


def test_given_labels_are_kept_and_unknown_ones_refused():
    said = {"timeOfDay": "dusk", "traffic": "normal", "weather": "fog", "road": "curve"}
    assert scene.sample(1, **said).labels() == said == captions.labels(scene.sample(2, **said))
    with pytest.raises(ValueError, match="timeOfDay is 'noon'"):
        scene.sample(1, timeOfDay="noon")


def test_labels_are_drawn_uniformly():
    drawn = [scene.sample(i).labels() for i in range(900)]
    for name, values in scene.VALUES.items():
        for value in values:
            share = np.mean([d[name] == value for d in drawn])
            assert abs(share - 1 / len(values)) < 0.06, (name, value, share)


def test_both_resolutions_show_the_same_scene():
    for seed in range(4):
        drive = scene.sample(seed, weather="clear")
        large = cv2.resize(render.render(drive, 2.0, 256, 512), (128, 64), interpolation=cv2.INTER_AREA)
        small = render.render(drive, 2.0, 64, 128)
        assert np.abs(large.astype(float) - small).mean() < 2.5


@pytest.mark.parametrize("start", [0.0, 61.0, 1234.5])
def test_no_frame_pops(start):
    for seed in range(8):
        pictures = video(seed, start, 25)
        change = np.abs(np.diff(pictures, axis=0)).mean((1, 2, 3))
        # A car that drives out of the picture changes it fast, but the frames around show it too.
        for k in range(2, len(change) - 2):
            others = max(change[k - 2 : k].max(), change[k + 1 : k + 3].max())
            assert change[k] < 2 * others + 1, (seed, start, k, change)


def test_speed_is_smooth_and_the_derivative_of_the_way():
    for seed in range(20):
        drive = scene.sample(seed)
        for t in np.linspace(0, 300, 60).tolist():
            assert 8 <= drive.speed(t) <= 15
            way = (drive.travelled(t + 1e-3) - drive.travelled(t - 1e-3)) / 2e-3
            assert abs(way - drive.speed(t)) < 1e-3


def test_curves_bend_and_straights_do_not():
    at = np.linspace(0, 60, 40).tolist()
    bends = {road: np.mean([abs(scene.sample(i, road=road).curvature(t)) for i in range(20) for t in at]) for road in ("straight", "curve")}
    assert bends["curve"] > 0.008 and bends["straight"] < 0.0012


def test_traffic_is_what_its_label_says():
    def counts(traffic):
        return np.array(
            [len(boxes.car_boxes(scene.sample(i, traffic=traffic, weather="clear"), t)) for i in range(25) for t in (1.0, 9.0, 40.0, 200.0)]
        )

    empty, normal, crowded = counts("empty"), counts("normal"), counts("crowded")
    assert empty.max() == 0
    assert 1 <= np.median(normal) <= 3 and np.mean((normal >= 1) & (normal <= 3)) > 0.8
    assert np.median(crowded) >= 5 and np.mean(crowded >= 4) > 0.9


def test_boxes_stay_in_the_picture_and_come_nearest_first():
    for seed in range(20):
        found = boxes.car_boxes(scene.sample(seed, traffic="crowded"), 5.0)
        assert found.dtype == np.float32 and found.shape[1] == 5
        assert ((found[:, :4] >= 0) & (found[:, :4] <= 1)).all() and (np.diff(found[:, 4]) >= 0).all()
        assert (found[:, 2] > found[:, 0]).all() and (found[:, 3] > found[:, 1]).all()


def test_the_time_of_day_is_unmistakable():
    shown = {
        time: np.mean(
            [render.render(scene.sample(i, timeOfDay=time, weather="clear", traffic="empty"), 2.0, 64, 128) for i in range(6)],
            axis=(0, 1, 2),
        )
        for time in ("day", "dusk", "night")
    }
    assert shown["day"].mean() > 1.3 * shown["dusk"].mean() and shown["dusk"].mean() > 1.5 * shown["night"].mean()
    assert shown["dusk"][0] > 1.2 * shown["dusk"][2] and shown["day"][0] < shown["day"][2] * 1.1


@pytest.mark.parametrize("road", ["straight", "curve"])
def test_warping_by_the_flow_explains_most_of_the_change(road):
    still, warped = [], []
    for seed in range(6):
        drive = scene.sample(seed, timeOfDay="day", weather="clear", traffic="normal", road=road)
        a, b = (render.render(drive, t, 64, 128).astype(np.float32) for t in (4.0, 4.0 + 3 * STEP))
        moved, valid = flow.flow(drive, 4.0, 4.0 + 3 * STEP, 64, 128)
        assert moved.shape == (64, 128, 2) and moved.dtype == np.float32 and valid.dtype == bool
        assert valid.mean() > 0.6
        x, y = np.meshgrid(np.arange(128, dtype=np.float32), np.arange(64, dtype=np.float32))
        back = cv2.remap(b, x + moved[..., 0], y + moved[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        still.append(np.abs(a - b)[valid].mean())
        warped.append(np.abs(a - back)[valid].mean())
    assert np.mean(warped) < 0.5 * np.mean(still), (still, warped)


def test_no_time_no_flow():
    moved, valid = flow.flow(scene.sample(3), 2.0, 2.0, 64, 128)
    assert np.abs(moved[valid]).max() < 0.02 and valid.mean() > 0.98


def test_captions_say_only_known_words():
    rng, known = np.random.default_rng(0), set(captions.words())
    for seed in range(300):
        assert set(captions.caption(scene.sample(seed).labels(), rng).replace(",", "").split()) <= known


def test_label_tokens_are_single_words_of_the_vocabulary():
    tokens = {token for table in captions.LABEL_TOKENS.values() for token in table.values()}
    assert captions.LABEL_TOKENS["timeOfDay"]["dusk"] == "time_dusk" and captions.LABEL_TOKENS["road"]["curve"] == "road_curve"
    assert len(tokens) == 11 and all(re.fullmatch(r"\w+", token) and token in captions.words() for token in tokens)


def test_a_data_set_that_was_cut_off_goes_on(tmp_path, monkeypatch):
    recipe = {
        "world": "plain",
        "seed": 1,
        "clips": 12,
        "frames": 3,
        "fps": 24,
        "height": 64,
        "width": 128,
        "enlarged": 4,
        "held_out": 2,
        "large_clips": 2,
        "large_frames": 2,
        "large_held_out": 1,
    }
    monkeypatch.setattr(dataset, "load", lambda: {"data": recipe, "autoencoder": {}})
    monkeypatch.setenv("LONGTAKE_WORK", str(tmp_path))
    done = []

    class Pool:  # works in this process, and is killed after two blocks
        def __init__(self, processes):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def imap_unordered(self, render_block, tasks):
            for task in tasks:
                if len(done) == 2:
                    raise KeyboardInterrupt
                done.append(task)
                yield render_block(task)

    monkeypatch.setattr(dataset, "get_context", lambda kind: type("Context", (), {"Pool": Pool}))
    with pytest.raises(KeyboardInterrupt):
        dataset.make()
    before = list(done)
    done.clear()
    said = (tmp_path / "facts.json").read_text()
    (tmp_path / "facts.json").write_text("somebody reads this")
    dataset.make()
    assert (tmp_path / "facts.json").read_text() == "somebody reads this"  # not written again while parts are trained
    (tmp_path / "facts.json").write_text(said)
    assert len(before) == 2 and len(done) == 1 and not set(before) & set(done)
    drive, start = dataset.clip_drive(11)
    assert (dataset.small()[11, 2] == drive.pictures(start + 2 * STEP, 1, 24, 64, 128)[0]).all()
    assert dataset.facts()[11] == drive.labels() and len(dataset.large_facts()) == 2
    assert dataset.large().shape == (2, 2, 256, 512, 3) and dataset.motion()[11, 0, 0] > 7
    found = drive.car_boxes(start)
    assert dataset.car_counts()[11, 0] == len(found)
    assert np.allclose(dataset.boxes_of([11], [0])[0], found[:7, :4])


def test_stills_are_rendered_first_and_no_frame_twice(monkeypatch, tmp_path):
    data = {"world": "plain", "seed": 1, "clips": 12, "frames": 4, "fps": 24, "height": 8, "width": 16, "enlarged": 2}
    data |= {"large_clips": 1, "large_frames": 1}
    monkeypatch.setattr(dataset, "load", lambda: {"data": data, "autoencoder": {"stills": [0, 2]}})
    monkeypatch.setenv("LONGTAKE_WORK", str(tmp_path))
    rendered = []
    monkeypatch.setattr(dataset, "_small", lambda index, frames: rendered.append((index, list(frames))))
    monkeypatch.setattr(dataset, "_large", lambda index: rendered.append(("large", index)))

    def render(_, tasks):
        for task in tasks:
            if not dataset._done(task):
                dataset._block(task)

    monkeypatch.setattr(dataset, "_render", render)
    dataset.make(all_of_it=False)
    assert rendered == [(i, [0, 2]) for i in range(12)]
    dataset.make()
    assert rendered[12:] == [*((i, [1, 3]) for i in range(12)), ("large", 0)]


def test_the_fingerprint_is_that_of_what_is_shown_and_said(monkeypatch):
    now = fingerprint.digest()
    assert fingerprint.digest() == now
    for module, name, other in (
        (backdrop, "MARK", (250, 250, 236)),
        (boxes, "REACH", {"clear": 190.0, "rain": 80.0, "fog": 15.0}),
        (captions, "OPENINGS", ("a drive", "")),
    ):
        with monkeypatch.context() as changed:
            changed.setattr(module, name, other)
            assert fingerprint.digest() != now, name
