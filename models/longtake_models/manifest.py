"""model.json: what the Java loader checks before it runs anything."""
import glob
import hashlib
import json
import os

import onnx

from . import config, film, parts, precision, samples, schedule, text, video_decoder, weights
from .autoencoder import CHANNELS
from .interpolator import HIGH
from .world import captions

VERSION = "3"
DTYPES = {1: "float32", 7: "int64"}
NOISE = {"type": "cosine", "steps": schedule.STEPS, "offset": schedule.OFFSET}


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def file(path):
    return {"file": os.path.basename(path), "sha256": digest(path)}


def graph(path):
    """Files, digests and the exact inputs and outputs as the graph itself declares them, dynamic sizes by their names; how far another
    engine or half precision may be from the golden output. One bound for both: engines multiply fp32 in fewer bits (TF32 has fp16's)."""
    model = onnx.load(path, load_external_data=False)

    def ports(values):
        return {v.name: {"dtype": DTYPES[v.type.tensor_type.elem_type],
                         "shape": [d.dim_param or d.dim_value for d in v.type.tensor_type.shape.dim]} for v in values}
    stem = path.removesuffix(".onnx")
    half, golden = stem + ".half.onnx", stem + samples.SUFFIX
    bounds = precision.bounds(half, golden)
    return {**file(path), "weights": [file(os.path.join(os.path.dirname(path), name)) for name in weights.files(path)],
            "inputs": ports(model.graph.input), "outputs": ports(model.graph.output),
            "golden": file(golden), "bounds": bounds, "half": {**file(half), "bounds": bounds}}


def training():
    """Recipe digest, seeds, steps and times of every part, as the trainers wrote them."""
    found = {"recipe": "longtake_models/recipe", "recipeSha256": config.digest(), "data": dict(config.load()["data"]), "parts": {}}
    found["dataSha256"] = hashlib.sha256("".join(
        digest(f) for f in sorted(glob.glob(os.path.join(config.HERE, "world", "*.py")))).encode()).hexdigest()
    for part in (name for name in config.load() if name != "data"):
        if os.path.exists(config.work(f"{part}.json")):
            with open(config.work(f"{part}.json")) as f:
                found["parts"][part] = json.load(f)
    return found


def keyframes(path, profile):
    return {"graph": graph(path), "prediction": "v", "schedule": NOISE, "sampler": profile.sampler, "steps": profile.steps,
            "guidance": profile.guidance, "contextGuidance": profile.context_guidance}


def drive(out):
    """The manifest of the model that films are made with, in four network calls a segment."""
    def path(name):
        return os.path.join(out, "drive", VERSION, name)
    return {
        "name": "drive", "version": VERSION, "licence": "Apache-2.0",
        "description": "A small Video LDM of driving scenes, trained on procedurally rendered clips: day, dusk and night, empty to "
                       "crowded roads, clear weather, rain and fog, straight roads and curves, hills. Distilled to four steps.",
        "film": {"width": 512, "height": 256, "fps": 24},
        "latent": {"channels": CHANNELS, "height": 8, "width": 16, "downsampling": 8, "scale": float(parts.autoencoder().scale)},
        "segment": {"keyframes": film.KEYS, "context": film.GIVEN, "frames": 24},
        "limits": {"seconds": 3600, "promptCharacters": 1000, "steps": 100, "guidance": 20.0, "segmentsInFlight": 3},
        "text": {"graph": graph(path("text_encoder.onnx")), "length": text.LENGTH, "dimension": text.WIDTH,
                 "tokenizer": file(path("tokenizer.json"))},
        "stages": {
            "keyframes": keyframes(path("keyframes.onnx"), film.FEW),
            "interpolate": {"graph": graph(path("interpolate.onnx")), "prediction": "v", "schedule": NOISE, "sampler": "dpm++2m",
                            "steps": film.BETWEEN, "factor": 4, "window": 5, "rates": [HIGH]},
            "decode": {"graph": graph(path("decode.onnx")), "halo": video_decoder.HALO, "frameWidth": 128, "frameHeight": 64},
            "upsample": {"graph": graph(path("upsample.onnx")), "prediction": "v", "schedule": NOISE, "sampler": "ddim",
                         "steps": film.UPSAMPLE, "factor": 4, "window": film.WINDOW, "halo": film.HALO, "noiseLevel": film.LEVEL},
        },
        "conditions": captions.LABEL_TOKENS,
        "training": training(),
    }


def drive_full(out, base):
    """The same with the undistilled keyframe denoiser; everything else is the base model's."""
    made = {**base, "name": "drive-full", "base": {"name": base["name"], "version": base["version"]},
            "description": base["description"].replace("Distilled to four steps.", "Undistilled: twelve steps under guidance.")}
    made["stages"] = {**base["stages"], "keyframes": keyframes(os.path.join(out, "drive-full", VERSION, "keyframes.onnx"), film.FULL)}
    return made


def write(out):
    """model.json of both models under the repository `out`."""
    base = drive(out)
    for made in (base, drive_full(out, base)):
        with open(os.path.join(out, made["name"], VERSION, "model.json"), "w") as f:
            json.dump(made, f, indent=1)
            f.write("\n")
