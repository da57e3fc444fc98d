"""model.json: what the Java loader checks before it runs anything."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

import onnx
from onnx import ValueInfoProto

from . import config, parts, pipeline, precision, samples, schedule, text, video_decoder, weights
from .interpolator import HIGH, calls
from .latent_space import latent_space, upsampling
from .whole import write_json
from .world import captions, fingerprint

VERSION = "3"
Json: TypeAlias = dict[str, Any]
DTYPES = {1: "float32", 7: "int64"}
NOISE = {"type": "cosine", "steps": schedule.STEPS, "offset": schedule.OFFSET}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def file(path: Path) -> Json:
    return {"file": path.name, "sha256": digest(path)}


def graph(path: Path) -> Json:
    """Files, digests and the exact inputs and outputs as the graph itself declares them, dynamic sizes by their names; how far another
    engine or half precision may be from the golden output. One bound for both: engines multiply fp32 in fewer bits (TF32 has fp16's)."""
    model = onnx.load(path, load_external_data=False)

    def ports(values: Iterable[ValueInfoProto]) -> Json:
        return {
            v.name: {
                "dtype": DTYPES[v.type.tensor_type.elem_type],
                "shape": [d.dim_param or d.dim_value for d in v.type.tensor_type.shape.dim],
            }
            for v in values
        }

    half, golden = path.with_suffix(".half.onnx"), path.with_suffix(samples.SUFFIX)
    bounds = precision.bounds(half, golden)
    return {
        **file(path),
        "weights": [file(path.parent / name) for name in weights.files(path)],
        "inputs": ports(model.graph.input),
        "outputs": ports(model.graph.output),
        "golden": file(golden),
        "bounds": bounds,
        "half": {**file(half), "bounds": bounds},
    }


def training() -> Json:
    """Recipe digest, seeds, steps and times of every part, as the trainers wrote them."""
    records = {part: config.work(f"{part}.json") for part in config.load() if part != "data"}
    return {
        "recipe": f"longtake_models/recipe/{config.folder().name}",
        "recipeSha256": config.digest(),
        "data": dict(config.load()["data"]),
        "parts": {part: json.loads(path.read_text(encoding="utf-8")) for part, path in records.items() if path.exists()},
        "dataSha256": fingerprint.digest(),
    }


def keyframes(path: Path, profile: pipeline.Profile) -> Json:
    return {
        "graph": graph(path),
        "prediction": "v",
        "schedule": NOISE,
        "sampler": profile.sampler,
        "steps": profile.steps,
        "guidance": profile.guidance,
        "contextGuidance": profile.context_guidance,
    }


def drive(out: Path) -> Json:
    """The manifest of the model that videos are made with, in four network calls a segment."""

    def path(name: str) -> Path:
        return out / "drive" / VERSION / name

    space = latent_space()
    rows, columns = space.picture
    return {
        "name": "drive",
        "version": VERSION,
        "licence": "Apache-2.0",
        "description": "A small Video LDM of driving scenes, trained on procedurally rendered clips: day, dusk and night, empty to "
        "crowded roads, clear weather, rain and fog, straight roads and curves, hills. Distilled to four steps.",
        "film": {"width": columns * upsampling(), "height": rows * upsampling(), "fps": 24},
        "latent": {
            "channels": space.channels,
            "height": space.height,
            "width": space.width,
            "downsampling": space.factor,
            "scale": float(parts.autoencoder().scale),
        },
        "segment": {"keyframes": pipeline.KEYS, "context": pipeline.GIVEN, "frames": 24},
        "limits": {"seconds": 3600, "promptCharacters": 1000, "steps": 100, "guidance": 20.0, "segmentsInFlight": 3},
        "text": {
            "graph": graph(path("text_encoder.onnx")),
            "length": text.LENGTH,
            "dimension": text.WIDTH,
            "tokenizer": file(path("tokenizer.json")),
        },
        "stages": {
            "keyframes": keyframes(path("keyframes.onnx"), pipeline.FEW),
            "interpolate": {
                "graph": graph(path("interpolate.onnx")),
                "prediction": "v",
                "schedule": NOISE,
                "sampler": "dpm++2m",
                "steps": calls(),
                "factor": 4,
                "window": 5,
                "rates": [HIGH],
            },
            "decode": {"graph": graph(path("decode.onnx")), "halo": video_decoder.HALO, "frameWidth": columns, "frameHeight": rows},
            "upsample": {
                "graph": graph(path("upsample.onnx")),
                "prediction": "v",
                "schedule": NOISE,
                "sampler": "ddim",
                "steps": pipeline.UPSAMPLE,
                "factor": upsampling(),
                "window": pipeline.WINDOW,
                "halo": pipeline.HALO,
                "noiseLevel": pipeline.LEVEL,
            },
        },
        "conditions": captions.LABEL_TOKENS,
        "training": training(),
    }


def drive_full(out: Path, base: Json) -> Json:
    """The same with the undistilled keyframe denoiser; everything else is the base model's."""
    made = {
        **base,
        "name": "drive-full",
        "base": {"name": base["name"], "version": base["version"]},
        "description": base["description"].replace("Distilled to four steps.", "Undistilled: twelve steps under guidance."),
    }
    made["stages"] = {**base["stages"], "keyframes": keyframes(out / "drive-full" / VERSION / "keyframes.onnx", pipeline.FULL)}
    return made


def write(out: Path) -> None:
    """model.json of both models under the repository `out`."""
    base = drive(out)
    for made in (base, drive_full(out, base)):
        write_json(out / made["name"] / VERSION / "model.json", made, indent=1, end="\n")
