"""Light and air of a drive: sun, sky, haze and exposure, drawn once a scene from its hour and its weather. Colours are linear."""

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

Colour: TypeAlias = tuple[float, float, float]

FOG, RAIN = 1 / 24, 1 / 120  # haze a metre


@dataclass(frozen=True)
class Sky:
    sun: Colour  # direction towards it
    sunlight: Colour
    ambient: Colour  # from above
    zenith: Colour
    horizon: Colour
    glow: Colour  # around the sun
    haze: Colour  # what distance fades to
    thick: float  # share of the sight that a metre takes
    cloud: float
    lit: Colour  # side of a cloud
    shaded: Colour
    night: float  # 1 at night, 0.35 at dusk: how much lamps count
    beam: float  # of the camera's own headlamps
    exposure: float
    wet: float
    seed: float

    def __post_init__(self) -> None:
        if not 0 < self.thick < 1:
            raise ValueError(f"Sky: thick is {self.thick}, expected between 0 and 1 a metre")

    def clear(self, metres: float) -> float:
        """Share of the light that comes through so many metres of air."""
        return math.exp(-self.thick * metres)


def sky(rng: np.random.Generator, hour: str, weather: str) -> Sky:
    turn, high, seed = float(rng.uniform(0, 2 * math.pi)), float(rng.uniform(0.45, 1.1)), float(rng.uniform(0, 9))
    cloud = float(rng.choice([0.0, 0.15, 0.4, 0.75])) if weather == "clear" else 1.0
    thick = {"clear": float(rng.uniform(0.0008, 0.0028)), "rain": RAIN, "fog": FOG}[weather]
    wet = 1.0 if weather == "rain" else 0.0
    over = 1 - 0.88 * cloud  # what the clouds leave of the sun
    exposure = float(rng.uniform(0.9, 1.25))
    if hour == "day":
        bright = {"clear": 1.0, "rain": 0.62, "fog": 0.9}[weather]
        return Sky(
            sun=_towards(turn, high),
            sunlight=_scaled((1.9, 1.78, 1.6), over * bright),
            ambient=_scaled(_mixed((0.42, 0.50, 0.62), (0.85, 0.87, 0.90), cloud), bright),
            zenith=_scaled(_mixed((0.16, 0.30, 0.62), (0.50, 0.54, 0.60), cloud), bright),
            horizon=_scaled(_mixed((0.62, 0.70, 0.80), (0.70, 0.72, 0.75), cloud), bright),
            glow=_scaled((1.9, 1.78, 1.6), 0.10 * over),
            haze=_scaled(_mixed((0.60, 0.67, 0.76), (0.68, 0.70, 0.73), cloud), bright),
            thick=thick, cloud=cloud, lit=_scaled((0.95, 0.95, 0.96), bright), shaded=_scaled((0.52, 0.54, 0.58), bright),
            night=0.0, beam=0.0, exposure=exposure, wet=wet, seed=seed,
        )  # fmt: skip
    if hour == "dusk":
        grey = 0.0 if weather == "clear" else 0.75
        return Sky(
            sun=_towards(float(rng.uniform(-0.5, 0.5)), 0.16),
            sunlight=_scaled((1.25, 0.60, 0.26), 0.1 if grey else 1 - 0.6 * cloud),
            ambient=_mixed((0.25, 0.20, 0.25), (0.26, 0.20, 0.19), grey),
            zenith=_mixed((0.13, 0.14, 0.30), (0.16, 0.135, 0.15), grey),
            horizon=_mixed((0.74, 0.34, 0.15), (0.22, 0.188, 0.178), grey),
            glow=_scaled((1.3, 0.55, 0.20), 0.30 * (1 - grey)),
            haze=_mixed((0.46, 0.26, 0.17), (0.205, 0.178, 0.17), grey),
            thick=thick, cloud=0.35 if weather == "clear" else 1.0,
            lit=_mixed((0.75, 0.34, 0.22), (0.24, 0.18, 0.175), grey), shaded=_mixed((0.20, 0.15, 0.20), (0.14, 0.115, 0.13), grey),
            night=0.35, beam=0.25, exposure=exposure, wet=wet, seed=seed,
        )  # fmt: skip
    glow = {"clear": 0.0, "rain": 0.006, "fog": 0.035}[weather]
    return Sky(
        sun=_towards(turn, 0.8),
        sunlight=(0.02, 0.022, 0.03),
        ambient=(0.018 + glow, 0.020 + glow, 0.028 + glow),
        zenith=(0.005 + glow, 0.007 + glow, 0.016 + glow),
        horizon=(0.020 + glow, 0.022 + glow, 0.030 + glow),
        glow=(0.0, 0.0, 0.0),
        haze=(0.014 + glow, 0.016 + glow, 0.022 + glow),
        thick=thick, cloud=cloud, lit=(0.03, 0.03, 0.035), shaded=(0.014, 0.014, 0.018),
        night=1.0, beam=1.0, exposure=1.15 * exposure, wet=wet, seed=seed,
    )  # fmt: skip


def _towards(turn: float, high: float) -> Colour:
    return math.sin(turn) * math.cos(high), math.sin(high), math.cos(turn) * math.cos(high)


def _scaled(colour: Colour, by: float) -> Colour:
    r, g, b = colour
    return r * by, g * by, b * by


def _mixed(a: Colour, b: Colour, share: float) -> Colour:
    r, g, d = (p * (1 - share) + q * share for p, q in zip(a, b))
    return r, g, d
