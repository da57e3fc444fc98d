"""The road as it is drawn. Everything here needs OpenGL without a screen, and is skipped without it."""

import dataclasses
import importlib.util
import subprocess
import sys

import cv2
import numpy as np
import pytest

from longtake_models.refused import Refused
from longtake_models.road import boxes, camera, clip, fleet, moment, motion, render, scene, sheet

STEP = 1 / 24


@pytest.fixture(autouse=True, scope="module")
def opengl():
    try:
        render.board(64, 128)
    except Refused as reason:
        pytest.skip(str(reason))


def small(drive, t):
    return render.picture(drive, t, 64, 128)


def follow(picture, moved):
    height, width = moved.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return cv2.remap(picture, x + moved[..., 0], y + moved[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def test_a_picture_depends_on_seed_and_time_alone():
    first = small(scene.sample(5), 3.7)
    small(scene.sample(6), 1.0)
    assert (small(scene.sample(5), 3.7) == first).all()
    assert (render.render(scene.sample(5), [3.7], 64, 128)[0] == first).all()


def test_a_process_that_draws_can_load_the_compiler_of_pytorch_afterwards():
    if importlib.util.find_spec("triton") is None:
        pytest.skip("triton is not installed")
    script = "from longtake_models.road import render\nrender.board(64, 128)\nimport triton, torch.utils.flop_counter\nprint('both')"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (0, "both\n"), answer.stderr


@pytest.mark.slow
def test_two_processes_at_once_draw_the_same_pictures():
    script = (
        "import hashlib, sys\nfrom longtake_models.road import render, scene\n"
        "print(hashlib.sha256(b''.join(render.render(scene.sample(i), [2.0, 2.5]).tobytes() for i in range(4))).hexdigest())"
    )
    started = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    first, second = (process.communicate()[0] for process in started)
    assert first == second and len(first.strip()) == 64


def test_pictures_are_of_the_size_that_was_asked_for():
    drawn = render.render(scene.sample(3), [1.0, 1.1])
    assert drawn.shape == (2, 256, 512, 3) and drawn.dtype == np.uint8 and drawn.std() > 15


def test_both_sizes_show_the_same_scene():
    for seed in range(4):
        drive = scene.sample(seed, weather="clear", timeOfDay="day")
        large = cv2.resize(render.picture(drive, 2.0), (128, 64), interpolation=cv2.INTER_AREA)
        assert np.abs(large.astype(float) - small(drive, 2.0)).mean() < 5


def test_the_time_of_day_is_unmistakable():
    def shown(hour, weather):
        return np.mean([small(scene.sample(i, timeOfDay=hour, weather=weather, traffic="empty"), 2.0) for i in range(5)], axis=(0, 1, 2))

    for weather in ("clear", "rain", "fog"):
        day, dusk, night = (shown(hour, weather) for hour in ("day", "dusk", "night"))
        assert day.mean() > 1.15 * dusk.mean() and dusk.mean() > 1.5 * night.mean(), weather
        assert dusk[0] > 1.15 * dusk[2] and day[0] < day[2] * 1.1, weather


def test_fog_hides_what_is_far():
    def contrast(weather):
        return np.mean([small(scene.sample(i, timeOfDay="day", weather=weather, traffic="crowded"), 2.0)[18:26].std() for i in range(5)])

    assert contrast("fog") < 0.4 * contrast("clear")


def test_a_wet_road_mirrors_the_tail_lamps():
    def red(drive):
        lower = small(drive, 2.0)[36:].astype(float)
        return np.maximum(lower[..., 0] - lower[..., 2] - 25, 0).mean()

    country = [drive for i in range(12) if not (drive := scene.sample(i, timeOfDay="night", weather="rain", traffic="crowded")).town]
    dry = [dataclasses.replace(drive, sky=dataclasses.replace(drive.sky, wet=0.0)) for drive in country]
    assert np.mean([red(drive) for drive in country]) > 1.5 * np.mean([red(drive) for drive in dry])


@pytest.mark.parametrize("seed", range(4))
def test_a_box_is_where_the_car_is_drawn(seed):
    drive = scene.sample(seed, traffic="crowded", weather="clear", road="curve")
    now = moment.moment(drive, 4.0)
    cars = {round(car.depth, 4): car for car in fleet.cars(drive, 4.0)}
    for x0, y0, x1, y1, depth in boxes.car_boxes(drive, 4.0).tolist():
        if x0 == 0 or x1 == 1:  # the lowest wheel may be outside of the picture
            continue
        alone = [item for item in now.items if item.key[:3] == ("car", *cars[round(depth, 4)].key)]
        only = moment.Moment(
            now.scene, now.origin, now.camera, now.strip[-6:], alone, now.cars, now.lamps
        )  # on the plain: no crest hides it
        layer, _ = render.board().draw(only)
        rows, columns = np.nonzero(layer[..., 3])
        found = columns.min() / 1024, rows.min() / 512, (columns.max() + 1) / 1024, (rows.max() + 1) / 512
        assert np.abs(np.array(found) - [x0, y0, x1, y1]).max() < 2 / 512


@pytest.mark.parametrize("road", ["straight", "curve"])
def test_warping_by_the_flow_explains_most_of_the_change(road):
    still, warped = [], []
    for seed in range(6):
        drive = scene.sample(seed, timeOfDay="day", weather="clear", traffic="normal", road=road)
        before, after = (render.picture(drive, t).astype(np.float32) for t in (4.0, 4.0 + 2 * STEP))
        moved, valid = motion.flow(drive, 4.0, 4.0 + 2 * STEP)
        assert moved.shape == (256, 512, 2) and moved.dtype == np.float32 and valid.dtype == bool and np.isfinite(moved).all()
        assert valid.mean() > 0.6
        still.append(np.abs(before - after)[valid].mean())
        warped.append(np.abs(before - follow(after, moved))[valid].mean())
    assert np.mean(warped) < 0.5 * np.mean(still), (still, warped)


def test_the_flow_of_a_car_is_the_way_of_its_front():
    checked = 0
    for seed in range(4):
        drive = scene.sample(seed, traffic="crowded", weather="clear", timeOfDay="day")
        moved, _ = motion.flow(drive, 4.0, 4.0 + STEP)
        before, after = ({car.key: car for car in fleet.cars(drive, t)} for t in (4.0, 4.0 + STEP))
        found = boxes.car_boxes(drive, 4.0).tolist()
        free = [box for i, box in enumerate(found) if all(box[0] > nearer[2] or box[2] < nearer[0] for nearer in found[:i])]
        for box in free:
            car = next(car for car in before.values() if abs(car.depth - box[4]) < 1e-3)
            front = np.array([[0.0, 0.6, car.look.body.length]])
            (x0, y0, _), (x1, y1, _) = (
                camera.camera(drive, t).project(cars[car.key].points(front))[0] for t, cars in ((4.0, before), (4.0 + STEP, after))
            )
            way = np.array([(x1 - x0) * 512, (y1 - y0) * 256])
            if car.oncoming and 0.02 < x0 < 0.98 and np.abs(way).max() > 3:
                assert np.abs(moved[int(y0 * 256), int(x0 * 512)] - way).max() < 0.1 * np.abs(way).max() + 0.2
                checked += 1
    assert checked >= 2


def test_no_time_no_flow():
    moved, valid = motion.flow(scene.sample(3), 2.0, 2.0)
    assert np.abs(moved[valid]).max() < 0.02 and valid.mean() > 0.98


def test_motion_is_calm():
    """By day and without cars, whose shadows go with them, the camera's way explains what changes: no leaf flickers, no pattern swims."""
    beside, below = ([], []), ([], [])
    for seed in range(6):
        drive = scene.sample(seed, timeOfDay="day", weather="clear", traffic="empty")
        before, after = (render.picture(drive, t).astype(np.float32) for t in (4.0, 4.0 + STEP))
        moved, valid = motion.flow(drive, 4.0, 4.0 + STEP)
        back = follow(after, moved)
        for rows, (still, warped) in ((slice(0, 110), beside), (slice(110, 256), below)):
            still.append(np.abs(before - after)[rows][valid[rows]].mean())
            warped.append(np.abs(before - back)[rows][valid[rows]].mean())
    assert np.mean(beside[1]) < 0.30 * np.mean(beside[0]), beside
    assert np.mean(below[1]) < 0.55 * np.mean(below[0]), below


@pytest.mark.slow
@pytest.mark.parametrize("start", [0.0, 61.0, 1234.5])
def test_nothing_pops_up(start):
    """In no square of the picture, but at its edges, is there one step of much more change than those before and after it."""
    for seed in range(6):
        drive = scene.sample(seed, traffic="empty", weather="clear")
        drawn = render.render(drive, [start + i * STEP for i in range(25)], 64, 128).astype(np.float32)
        squares = np.abs(np.diff(drawn, axis=0)).mean(-1).reshape(24, 16, 4, 32, 4).mean((2, 4))[:, 3:6, 4:28]
        change = squares.max((1, 2))
        for k in range(2, len(change) - 2):
            others = max(change[k - 2 : k].max(), change[k + 1 : k + 3].max())
            assert change[k] < 2 * others + 1, (seed, start, k, change)


@pytest.mark.slow
def test_the_sheet_shows_every_hour_in_every_weather(tmp_path):
    sheet.main([str(tmp_path / "sheet.png")])
    assert cv2.imread(str(tmp_path / "sheet.png")).shape == (3 * 256, len(sheet.COLUMNS) * 512, 3)
    assert {said["weather"] for said in sheet.COLUMNS} == set(scene.VALUES["weather"])


def test_a_clip_is_a_folder_of_pictures_or_a_video(tmp_path):
    drive = scene.sample(1)
    clip.write(drive, 1.0, 2, tmp_path / "frames")
    assert sorted(path.name for path in (tmp_path / "frames").iterdir()) == ["00000.png", "00001.png"]
    assert (cv2.imread(str(tmp_path / "frames" / "00001.png"))[:, :, ::-1] == render.picture(drive, 1.0 + STEP)).all()
    clip.write(drive, 1.0, 3, tmp_path / "drive.mp4")
    video = cv2.VideoCapture(str(tmp_path / "drive.mp4"))
    assert video.get(cv2.CAP_PROP_FRAME_COUNT) == 3 and video.read()[1].shape == (256, 512, 3)
    with pytest.raises(Refused, match=r"nowhere/drive\.mp4 cannot be written as a video"):
        clip.write(drive, 1.0, 1, tmp_path / "nowhere" / "drive.mp4")
