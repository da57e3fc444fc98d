"""The road: what its geometry and its boxes promise. Nothing here needs OpenGL; test_road_pictures draws."""

import itertools

import numpy as np
import pytest

from longtake_models.refused import Refused
from longtake_models.road import (
    boxes,
    camera,
    coachwork,
    fleet,
    ground,
    masonry,
    moment,
    motion,
    plants,
    pose,
    roadside,
    scene,
    software_gl,
    solids,
)
from longtake_models.road.board import Board
from longtake_models.road.bodies import BODIES
from longtake_models.world import captions


def test_a_scene_is_its_seed_and_nothing_else():
    assert scene.sample(5) == scene.sample(5)
    assert scene.sample(5) != scene.sample(6)
    assert (round(scene.sample(5).wear, 6), round(fleet.look(5, (0, 3)).seed, 6)) == (0.884035, 4.415256)  # in any process


def test_given_labels_are_kept_and_unknown_ones_refused():
    said = {"timeOfDay": "dusk", "traffic": "normal", "weather": "fog", "road": "curve"}
    assert scene.sample(1, **said).labels() == said
    with pytest.raises(ValueError, match="weather is 'snow'"):
        scene.sample(1, weather="snow")


def test_the_captions_of_the_old_world_say_what_a_road_shows():
    rng = np.random.default_rng(0)
    drive = scene.sample(3)
    assert captions.labels(drive) == drive.labels()
    assert set(captions.caption(drive.labels(), rng).replace(",", "").split()) <= set(captions.words())


def test_a_scene_has_one_look_at_all_hours():
    day, night = (scene.sample(8, timeOfDay=hour, road="curve") for hour in ("day", "night"))
    assert (day.way, day.town, day.grass, day.wear) == (night.way, night.town, night.grass, night.wear) and day.sky != night.sky


@pytest.mark.parametrize("road", ["straight", "curve"])
def test_the_way_goes_where_it_points(road):
    way = scene.sample(4, road=road).way
    s = np.arange(0.5, 2000, 1.0)
    before, after = way.place(s - 0.5), way.place(s + 0.5)
    step = (after - before)[:, [0, 2]]
    heading = way.heading(s)
    assert np.allclose(step, np.stack([np.sin(heading), np.cos(heading)], -1), atol=1e-3)
    assert np.allclose((after - before)[:, 1], way.grade(s), atol=1e-3)


def test_a_place_is_the_same_wherever_the_way_was_asked_for_before():
    drive = scene.sample(4, road="curve")
    alone = drive.way.place(np.array([100.0, 5000.0]))
    assert (drive.way.place(np.array(100.0)) == alone[0]).all() and (drive.way.place(np.array(5000.0)) == alone[1]).all()
    with pytest.raises(ValueError, match="expected at least -64"):
        drive.way.place(np.array(-65.0))


def test_what_is_lateral_is_to_the_right():
    way = scene.sample(4, road="curve").way
    s = np.linspace(0, 300, 40)
    aside = way.place(s, 2.5, 1.0) - way.place(s)
    heading = way.heading(s)
    assert np.allclose(np.linalg.norm(aside[:, [0, 2]], axis=1), 2.5) and np.allclose(aside[:, 1], 1.0)
    assert np.allclose(aside[:, 0] * np.cos(heading) - aside[:, 2] * np.sin(heading), 2.5)


def test_bends_bend_but_can_be_driven_and_straights_do_not_bend():
    at = np.linspace(0, 60, 200).tolist()
    bends = {
        road: np.abs([[scene.sample(i, road=road).drive.curvature(t) for t in at] for i in range(20)]) for road in ("straight", "curve")
    }
    assert bends["curve"].mean() > 0.006 and bends["curve"].max() < 1 / 45 and bends["straight"].mean() < 0.0012


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("step", [coachwork.FINE, coachwork.COARSE])
def test_a_body_is_as_large_as_it_says_and_has_no_holes(name, step):
    body, mesh = BODIES[name], coachwork.painted(name, step)
    low, high = mesh.place().min(0), mesh.place().max(0)
    mirrors = 0.4
    assert high[2] - low[2] == pytest.approx(body.length, abs=0.12) and high[1] == pytest.approx(body.height, abs=0.06)
    assert body.width - 0.1 < high[0] - low[0] < body.width + mirrors
    sides = np.sort(mesh.corners.reshape(-1, 3)[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    _, times = np.unique(sides, axis=0, return_counts=True)
    assert (times % 2 == 0).all()


def test_the_surface_of_a_ball_is_round_and_its_normals_point_out():
    mesh = solids.surface(
        lambda x, y, z: np.sqrt(x[:, None, None] ** 2 + y[None, :, None] ** 2 + z[None, None, :] ** 2) - 1, (-1.3,) * 3, (1.31,) * 3, 0.1
    )
    radius = np.linalg.norm(mesh.place(), axis=1)
    assert np.abs(radius - 1).max() < 0.01
    assert np.einsum("ij,ij->i", mesh.points[:, 3:], mesh.place() / radius[:, None]).min() > 0.99


@pytest.mark.parametrize(
    "mesh", [coachwork.painted("hatch", coachwork.COARSE), *(masonry.house(kind).mesh for kind in range(masonry.HOUSES))]
)
def test_closed_meshes_turn_all_their_triangles_outwards(mesh):
    a, b, c = (mesh.points[mesh.corners[i::3]] for i in range(3))
    sense = np.einsum("ij,ij->i", np.cross(b[:, :3] - a[:, :3], c[:, :3] - a[:, :3]), a[:, 3:6] + b[:, 3:6] + c[:, 3:6])
    assert sense.min() > -1e-6 and np.mean(sense > 0) > 0.9


def test_a_car_keeps_its_looks_and_moves_a_little_at_a_time():
    drive = scene.sample(11, traffic="crowded")
    for t in np.linspace(0, 60, 40).tolist():
        before, after = ({car.key: car for car in fleet.cars(drive, at)} for at in (t, t + 1 / 24))
        for key in before.keys() & after.keys():
            assert before[key].look == after[key].look
            assert np.linalg.norm(before[key].matrix[:3, 3] - after[key].matrix[:3, 3]) < 1.5


def test_cars_come_in_all_bodies_with_both_faces_and_all_lamps():
    worn = [fleet.look(1, (0, number)) for number in range(400)]
    assert {look.body.name for look in worn} == set(BODIES)
    assert {look.face for look in worn} == {0, 1} and {look.rear for look in worn} == {0, 1, 2}


def test_oncoming_cars_show_their_front():
    drive = scene.sample(11, traffic="crowded", road="curve")
    for car in fleet.cars(drive, 3.0):
        towards = float(car.matrix[:3, 2] @ camera.camera(drive, 3.0).ahead)
        assert (towards < 0) == car.oncoming


def test_a_box_holds_every_point_of_its_car_and_no_more():
    checked = 0
    for seed in range(12):
        drive = scene.sample(seed, traffic="crowded", weather="clear")
        seen, known = camera.camera(drive, 4.0), {round(car.depth, 4): car for car in fleet.cars(drive, 4.0)}
        for x0, y0, x1, y1, depth in boxes.car_boxes(drive, 4.0).tolist():
            car = known[round(depth, 4)]
            points = np.concatenate(
                [coachwork.painted(car.look.body.name, coachwork.FINE).place(), coachwork.wheels(car.look.body.name, 28).place()]
            )
            drawn = seen.project(car.points(points.astype(np.float64)))
            low, high = np.clip(drawn[:, :2].min(0), 0, 1), np.clip(drawn[:, :2].max(0), 0, 1)
            assert np.abs([x0, y0, x1, y1] - np.concatenate([low, high])).max() < 1.5 / 512
            checked += 1
    assert checked > 30


def test_boxes_stay_in_the_picture_and_come_nearest_first():
    for seed in range(20):
        found = boxes.car_boxes(scene.sample(seed, traffic="crowded"), 5.0)
        assert found.dtype == np.float32 and found.shape[1] == 5
        assert ((found[:, :4] >= 0) & (found[:, :4] <= 1)).all() and (np.diff(found[:, 4]) >= 0).all()
        assert (found[:, 2] > found[:, 0]).all() and (found[:, 3] > found[:, 1]).all()


def test_traffic_is_what_its_label_says():
    def counts(traffic):
        return np.array(
            [len(boxes.car_boxes(scene.sample(i, traffic=traffic, weather="clear"), t)) for i in range(25) for t in (1.0, 9.0, 40.0, 200.0)]
        )

    empty, normal, crowded = counts("empty"), counts("normal"), counts("crowded")
    assert empty.max() == 0
    assert 1 <= np.median(normal) <= 3 and np.mean((normal >= 1) & (normal <= 3)) > 0.8
    assert np.median(crowded) >= 4 and np.mean(crowded >= 4) > 0.85


def test_a_crest_hides_what_is_low_behind_it():
    drive = scene.sample(2, road="straight")
    hidden = 0
    for way in range(0, 1500, 50):
        eye = drive.way.place(np.array(float(way)), 0.0, 1.5)
        far = drive.way.place(np.full(2, way + 85.0), 0.0, np.array([0.05, 30.0]))
        found = ground.hides(drive, float(way), eye, far)
        s = np.arange(way + 1.0, way + 85.0)
        line = eye[1] + (far[0, 1] - eye[1]) * (s - way) / 85
        assert not found[1]
        if np.abs(line - drive.way.place(s)[:, 1]).min() > 0.15 or (line - drive.way.place(s)[:, 1]).min() < -0.15:
            assert found[0] == ((line - drive.way.place(s)[:, 1]).min() < 0)
        hidden += bool(found[0])
    assert 0 < hidden < 30


def test_the_ground_stays_where_it_is_as_the_camera_drives_on():
    drive = scene.sample(6, road="curve")
    near = [ground.rows(way) for way in (100.0, 100.4, 103.7)]
    for rows in near:
        assert set(rows) <= set(np.arange(80.0, 700.0, 2.0)) and (np.diff(rows) > 0).all()
    first, second = (ground.strip(drive, way, np.zeros(3)) for way in (100.0, 100.4))
    there = {tuple(np.round(point[:3], 3)) for point in first[:-6]}
    assert np.mean([tuple(np.round(point[:3], 3)) in there for point in second[:-6]]) > 0.99


@pytest.mark.parametrize("seed", range(6))
def test_nothing_stands_on_the_road_and_everything_keeps_its_place(seed):
    drive = scene.sample(seed)
    seen = {}
    for way in (0.0, 40.0, 41.0, 500.0, 520.0):
        found = roadside.things(drive, way)
        assert [thing.s for thing in found] == sorted((thing.s for thing in found), reverse=True)
        for thing in found:
            assert thing.side * thing.lateral > scene.ROAD_HALF + 0.3
            assert seen.setdefault(thing.key, thing) == thing
    assert len(seen) > 20


def test_there_is_something_beside_the_road_after_an_hour():
    drive = scene.sample(1)
    assert len(roadside.things(drive, 3600 * 12.0)) > 5


def test_things_come_in_slowly():
    drive = scene.sample(2)
    thing = next(thing for thing in roadside.things(drive, 200.0) if thing.s > 300)
    shown = [roadside.presence(thing, way) for way in np.arange(thing.s - roadside.SIGHT, thing.s, 0.5)]
    assert shown[0] == 0 and shown[-1] == 1 and max(np.diff(shown)) < 0.02


def test_leaves_are_the_same_in_every_process():
    assert plants.tree(0).points.sum() == pytest.approx(plants.tree.__wrapped__(0).points.sum())
    assert plants.tree(0).points.shape[1] == 9 and len(plants.tree(5).corners) > 1000


def test_a_mirrored_thing_stands_on_its_own_foot():
    matrix = pose.pose(np.array([3.0, 1.0, 8.0]), 0.4, 0.02)
    assert (pose.mirrored(matrix)[:3, 3] == matrix[:3, 3]).all()
    head = np.array([0.0, 2.0, 0.0, 1.0])
    assert (matrix @ head)[1] > 1 > (pose.mirrored(matrix) @ head)[1]


def test_the_matrix_and_the_numbers_of_the_camera_agree():
    drive = scene.sample(9, road="curve")
    seen, origin = camera.camera(drive, 6.0), drive.way.place(np.array(70.0))
    points = drive.way.place(np.linspace(90, 200, 20), np.linspace(-5, 5, 20), 0.7)
    clip = np.concatenate([points - origin, np.ones((20, 1))], 1) @ seen.matrix(origin).T
    plain = seen.project(points)
    assert np.allclose(clip[:, 0] / clip[:, 3] / 2 + 0.5, plain[:, 0]) and np.allclose(0.5 - clip[:, 1] / clip[:, 3] / 2, plain[:, 1])
    assert np.allclose(clip[:, 3], plain[:, 2])


def test_a_machine_without_egl_is_told_what_to_install(monkeypatch):
    def without(*_, **__):
        raise OSError("libEGL.so: cannot open shared object file")

    monkeypatch.setattr(software_gl.moderngl, "create_context", without)
    with pytest.raises(Refused, match=r"libEGL\.so.*apt-get install libegl1 libgl1-mesa-dri"):
        software_gl.context()


def test_a_picture_of_another_shape_is_refused_before_anything_is_opened(monkeypatch):
    monkeypatch.setattr(software_gl, "context", lambda: pytest.fail("opened"))
    with pytest.raises(ValueError, match="300 x 256, expected 2 times as wide as high"):
        Board(256, 300)


def test_what_is_drawn_at_a_moment_is_what_the_drive_has_there():
    drive = scene.sample(7, traffic="normal")
    now = moment.moment(drive, 2.0)
    cars = {item.key[1:3] for item in now.items if item.key[0] == "car"}
    assert cars == {car.key for car in fleet.cars(drive, 2.0)}
    assert all(a.away >= b.away for a, b in itertools.pairwise(now.items))
    assert motion.SAME < 0.1 and np.isfinite(now.strip).all()
