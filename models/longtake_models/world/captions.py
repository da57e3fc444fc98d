"""A small grammar of captions: many ways to say little; what a caption does not mention is free."""

import numpy as np

from .scene import Labels, Scene

OPENINGS = (
    "a drive",
    "driving",
    "a car ride",
    "a road trip",
    "a video of a drive",
    "dashcam footage of a drive",
    "a film of driving",
    "cruising",
    "we are driving",
    "a long drive",
    "the view from a car",
    "a journey by car",
    "a road",
    "a street scene",
    "footage from a car driving",
    "",
)

TIME = {
    "day": (
        "by day",
        "at noon",
        "in daylight",
        "during the day",
        "in the morning",
        "in the afternoon",
        "at midday",
        "day",
        "daytime",
        "in bright daylight",
        "on a bright day",
        "under a blue sky",
        "in the sunshine",
        "on a sunny day",
    ),
    "dusk": (
        "at dusk",
        "at sunset",
        "in the evening",
        "at twilight",
        "in the evening light",
        "as the sun sets",
        "dusk",
        "sunset",
        "evening",
        "towards evening",
        "under an orange sky",
        "in the last light",
        "at nightfall",
        "in the glow of the sunset",
        "while the sun goes down",
    ),
    "night": (
        "at night",
        "after dark",
        "in the dark",
        "at midnight",
        "by night",
        "late at night",
        "night",
        "nighttime",
        "during the night",
        "on a dark night",
        "under a dark sky",
        "in the darkness",
        "with headlights in the night",
    ),
}
TRAFFIC = {
    "empty": (
        "on an empty road",
        "with no traffic",
        "on a deserted road",
        "with no other cars",
        "no cars",
        "empty road",
        "alone on the road",
        "empty",
        "on a quiet road",
        "without traffic",
        "without cars",
        "on an empty highway",
        "on a lonely road",
        "nobody on the road",
    ),
    "normal": (
        "with a few cars",
        "in light traffic",
        "with some cars",
        "with some traffic",
        "in normal traffic",
        "a few cars",
        "light traffic",
        "in moderate traffic",
        "with a little traffic",
        "some cars",
        "among a few cars",
        "with ordinary traffic",
        "a couple of cars ahead",
        "with occasional cars",
    ),
    "crowded": (
        "in heavy traffic",
        "on a busy road",
        "among many cars",
        "with lots of cars",
        "in rush hour",
        "crowded",
        "crowded road",
        "on a busy highway",
        "in dense traffic",
        "many cars",
        "heavy traffic",
        "on a crowded road",
        "surrounded by cars",
        "full of cars",
        "in traffic",
    ),
}
WEATHER = {
    "clear": ("in clear weather", "clear sky", "in dry weather", "clear", "good weather", "with a clear sky", "no rain"),
    "rain": (
        "in the rain",
        "in heavy rain",
        "rainy",
        "on a wet road",
        "while it rains",
        "rain",
        "on a rainy day",
        "raining",
        "in rainy weather",
    ),
    "fog": ("in fog", "foggy", "in thick fog", "in mist", "misty", "fog", "hazy", "in foggy weather", "through the mist"),
}
ROAD = {
    "straight": ("on a straight road", "straight ahead", "along a straight highway", "straight", "going straight", "straight road"),
    "curve": (
        "on a winding road",
        "around a bend",
        "through curves",
        "curvy road",
        "winding road",
        "curve",
        "turning",
        "in a curve",
        "along a curved road",
        "around a curve",
        "through a long bend",
    ),
}


# One token a value, for a prompt that is put together and not written.
LABEL_TOKENS = {
    attribute: {value: f"{prefix}_{value}" for value in table}
    for attribute, prefix, table in (
        ("timeOfDay", "time", TIME),
        ("traffic", "traffic", TRAFFIC),
        ("weather", "weather", WEATHER),
        ("road", "road", ROAD),
    )
}


def labels(scene: Scene) -> Labels:
    """The four conditions of a scene in the words of the manifest."""
    return scene.labels()


def caption(said: Labels, rng: np.random.Generator) -> str:
    """One caption of the labels `said`: some attributes in some order, with or without an opening."""
    parts = []
    for key, words, chance in (("timeOfDay", TIME, 0.8), ("traffic", TRAFFIC, 0.75), ("weather", WEATHER, 0.5), ("road", ROAD, 0.45)):
        if rng.random() < chance:
            choices = [c for c in words[said[key]] if not (said["timeOfDay"] != "day" and c == "on a rainy day")]
            parts.append(choices[rng.integers(len(choices))])
    rng.shuffle(parts)
    opening = OPENINGS[rng.integers(len(OPENINGS))]
    if opening and parts and rng.random() < 0.7:
        parts[0] = opening + " " + parts[0]
    elif opening and not parts:
        parts = [opening]
    return (", " if rng.random() < 0.4 else " ").join(parts)


def words() -> list[str]:
    """Every word the grammar can say, and the label tokens, sorted."""
    phrases = list(OPENINGS) + [p for table in (TIME, TRAFFIC, WEATHER, ROAD) for options in table.values() for p in options]
    phrases += [token for tokens in LABEL_TOKENS.values() for token in tokens.values()]
    return sorted({w for phrase in phrases for w in phrase.split()})
