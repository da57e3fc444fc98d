"""Both worlds behind one face, and recipes that choose between them."""

import numpy as np
import pytest

from longtake_models import config, drives
from longtake_models.latent_space import LatentSpace, latent_space, upsampling
from longtake_models.refused import Refused
from longtake_models.road import scene as road_scene
from longtake_models.train.__main__ import OPTIONAL, PARTS
from longtake_models.world import dataset, scene


def test_a_recipe_names_the_world_that_is_driven_through(monkeypatch):
    for name, kind in (("plain", drives.PlainDrive), ("road", drives.RoadDrive)):
        monkeypatch.setattr(dataset, "load", lambda name=name: {"data": {"world": name, "seed": 3}})
        assert isinstance(dataset.clip_drive(4)[0], kind)
    with pytest.raises(Refused, match="world is 'sea', expected 'plain' or 'road'"):
        drives.sample("sea", 1)


def test_labels_and_motion_are_those_of_the_scene():
    said = {"timeOfDay": "dusk", "traffic": "crowded", "weather": "fog", "road": "curve"}
    plain, road = (drives.sample(world, 5, said) for world in ("plain", "road"))
    assert plain.labels() == road.labels() == said
    assert plain.motion(3.0) == (plain.scene.speed(3.0), scene.sample(5, **said).curvature(3.0), plain.scene.grade(3.0))
    assert road.motion(3.0) == pytest.approx(
        (plain.scene.speed(3.0), road_scene.sample(5, **said).drive.curvature(3.0), plain.scene.grade(3.0))
    )
    assert all(np.diff(found[:, 4]).min(initial=1) >= 0 for found in (plain.car_boxes(2.0), road.car_boxes(2.0)))


@pytest.mark.parametrize("name", ["plain", "road"])
def test_every_recipe_has_the_parts_that_none_may_do_without_and_makes_pictures_of_the_same_size(name, monkeypatch):
    monkeypatch.setenv("LONGTAKE_RECIPE", name)
    recipe = config.load.__wrapped__()
    plain = {path.stem for path in (config.PACKAGE / "recipe" / "plain").glob("*.toml")}
    assert set(recipe) - set(OPTIONAL) == plain == {"data", *PARTS} - set(OPTIONAL)
    monkeypatch.setattr("longtake_models.latent_space.load", lambda: recipe)
    space = latent_space()
    assert [side * upsampling() for side in space.picture] == [256, 512] and recipe["data"]["world"] == name


def test_a_recipe_that_is_not_there_is_refused_by_name(monkeypatch, tmp_path):
    monkeypatch.setenv("LONGTAKE_RECIPE", str(tmp_path))
    with pytest.raises(Refused, match=r"expected a folder of \.toml files, or one of plain, road"):
        config.files()


def test_a_cell_is_a_square_of_4_8_or_16_pixels():
    with pytest.raises(ValueError, match="factor is 12, expected one of 4, 8, 16"):
        LatentSpace(8, 12, 8, 16)
