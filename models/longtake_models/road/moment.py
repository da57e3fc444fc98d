"""What there is to draw at one moment: the camera, the ground, and every thing with its mesh, its matrix and its looks."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..arrays import Doubles, Floats
from . import camera, coachwork, fleet, ground, masonry, roadside
from .fleet import Car
from .pose import shifted
from .roadside import Thing
from .scene import LANE, ROAD_HALF, Scene
from .stock import Key

PROGRAM = {"tree": "leaf", "wood": "leaf", "hedge": "leaf", "house": "house", "post": "pole", "lamp": "pole"}
FINE, DETAILED = 22.0, 28  # metres within which cars have their finer mesh, and corners of their wheels there
BESIDE = 14.0  # metres within which a car in another lane shows lamps of both its ends, on its side
SHADED = 55.0  # metres within which things throw shadows
MOST_CARS, MOST_LAMPS = 16, 8  # as in common.glsl


@dataclass(frozen=True)
class Item:
    """One mesh. `key` is the same for the same thing at another moment."""

    key: tuple[Any, ...]
    program: str
    mesh: Key
    matrix: Doubles
    values: dict[str, Any]
    away: float
    presence: float


@dataclass(frozen=True)
class Moment:
    scene: Scene
    origin: Doubles  # the camera's foot: all places are counted from it, so that 32 bits are enough
    camera: camera.Camera
    strip: Floats
    items: list[Item]  # farthest first
    cars: list[Car]
    lamps: list[Doubles]


def moment(scene: Scene, t: float, origin: Doubles | None = None) -> Moment:
    way = scene.travelled(t)
    seen = camera.camera(scene, t)
    if origin is None:
        origin = scene.way.place(np.array(way))
    cars, items, lamps = fleet.cars(scene, t), [], []
    for car in cars:
        items += _car(scene, car, origin)
    for thing in roadside.things(scene, way):
        items.append(_thing(thing, roadside.stands(scene, thing), way, origin))
        if thing.kind == "lamp":
            lamps.append(shifted(roadside.stands(scene, thing), x=-masonry.ARM - 0.2, y=masonry.LAMP_HEIGHT - 0.2)[:3, 3] - origin)
    items.sort(key=lambda item: -item.away)
    return Moment(scene, origin, seen, ground.strip(scene, way, origin), items, cars, lamps)


def _from(matrix: Doubles, origin: Doubles) -> Doubles:
    found = matrix.copy()
    found[:3, 3] -= origin
    return found


def _car(scene: Scene, car: Car, origin: Doubles) -> list[Item]:
    look, body = car.look, car.look.body
    fine = car.depth < FINE
    values = {
        "paint": look.paint, "metal": look.metal, "lamp": float(scene.lights), "number": look.seed, "spokes": float(look.spokes),
        "rear": float(look.rear), "face": float(look.face), "dim": (body.length, body.width, body.height, body.belt), "pane": body.rear,
        "screen": body.screen, "wheel": (*body.axles, body.wheel, 0.0), "panelled": body.panelled, "yellow": look.yellow_plate,
        "presence": car.presence,
    }  # fmt: skip
    matrix = _from(car.matrix, origin)
    meshes = (("body", body.name, coachwork.FINE if fine else coachwork.COARSE), ("wheels", body.name, DETAILED if fine else DETAILED // 2))
    return [
        Item(("car", *car.key, kind), _program(kind, car), (kind, name, step), matrix, values, car.depth, car.presence)
        for kind, name, step in meshes
    ]


def _program(kind: str, car: Car) -> str:
    if kind == "wheels":
        return "wheels"
    if car.depth < BESIDE and abs(car.lateral) > LANE / 2:
        return "whole"
    return "front" if car.oncoming else "rear"


def _thing(thing: Thing, matrix: Doubles, way: float, origin: Doubles) -> Item:
    there = roadside.presence(thing, way)
    values: dict[str, Any] = {"presence": there, "colour": thing.colour, "wall": thing.colour, "number": float(thing.number % 97)}
    if thing.kind == "house":
        values["bounds"] = masonry.house(thing.model).size
    return Item(thing.key, PROGRAM[thing.kind], (thing.kind, thing.model, 0.0), _from(matrix, origin), values, thing.s - way, there)


def surroundings(now: Moment) -> dict[str, Any]:
    """What every shader is told, but for the picture's size and the textures."""
    sky, origin, camera_ = now.scene.sky, now.origin, now.camera
    near = now.cars[::-1][:MOST_CARS]
    place, turn = np.zeros((MOST_CARS, 4)), np.zeros((MOST_CARS, 4))
    for i, car in enumerate(near):
        body = car.look.body
        middle = shifted(car.matrix, z=body.length / 2)[:3, 3] - origin
        place[i] = middle[0], middle[2], body.width / 2, body.length / 2
        ahead = car.matrix[:3, 2] / np.hypot(car.matrix[0, 2], car.matrix[2, 2])
        turn[i, :2] = ahead[2], ahead[0]
    hanging = np.zeros((MOST_LAMPS, 3))
    close = sorted(now.lamps, key=lambda lamp: float(np.linalg.norm(lamp)))[:MOST_LAMPS] if sky.night else []
    if close:
        hanging[: len(close)] = close
    return {
        "eye": camera_.eye - origin, "ahead": camera_.ahead, "right": camera_.right, "sun": sky.sun, "sunlight": sky.sunlight,
        "ambient": sky.ambient, "zenith": sky.zenith, "horizon": sky.horizon, "glow": sky.glow, "haze": sky.haze, "lit": sky.lit,
        "shaded": sky.shaded, "thick": sky.thick, "cloud": sky.cloud, "night": sky.night, "beam": sky.beam, "exposure": sky.exposure,
        "wet": sky.wet, "seed": sky.seed, "cars": len(near), "carplace": place, "carturn": turn, "lamps": len(close), "lampplace": hanging,
        "grass": now.scene.grass, "dry": now.scene.dry, "wear": now.scene.wear, "edge": ROAD_HALF, "lane": LANE, "town": now.scene.town,
    }  # fmt: skip
