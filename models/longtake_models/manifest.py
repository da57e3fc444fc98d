"""model.json: what the Java loader checks before it runs anything."""
import glob
import hashlib
import json
import os

import onnx

from . import config, parts, schedule, text, video_decoder

NAME, VERSION = "drive", "1"
DTYPES = {1: "float32", 7: "int64"}


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def graph(out, name):
    """File, digest and the exact inputs and outputs as the graph itself declares them; dynamic sizes by their names."""
    path = os.path.join(out, name + ".onnx")
    model = onnx.load(path)

    def ports(values):
        return {v.name: {"dtype": DTYPES[v.type.tensor_type.elem_type],
                         "shape": [d.dim_param or d.dim_value for d in v.type.tensor_type.shape.dim]} for v in values}
    return {"file": name + ".onnx", "sha256": digest(path), "inputs": ports(model.graph.input), "outputs": ports(model.graph.output)}


def training():
    """Recipe digest, seeds, steps, times and figures of every part, as the trainers wrote them."""
    found = {"recipe": "longtake_models/config.toml", "recipeSha256": config.digest(), "data": dict(config.load()["data"]), "parts": {}}
    found["dataSha256"] = hashlib.sha256("".join(
        digest(f) for f in sorted(glob.glob(os.path.join(os.path.dirname(__file__), "world", "*.py")))).encode()).hexdigest()
    for part in config.load():
        if os.path.exists(config.work(f"{part}.json")):
            with open(config.work(f"{part}.json")) as f:
                found["parts"][part] = json.load(f)
    if os.path.exists(config.work("figures.json")):
        with open(config.work("figures.json")) as f:
            found["figures"] = json.load(f)
    return found


def write(out):
    noise = {"type": "cosine", "steps": schedule.STEPS, "offset": schedule.OFFSET}
    made = {
        "name": NAME, "version": VERSION, "licence": "Apache-2.0",
        "description": "A small Video LDM of driving scenes, trained on procedurally rendered clips: day and night, "
                       "empty and crowded roads, clear weather, rain and fog, straight roads and curves.",
        "film": {"width": 512, "height": 256, "fps": 24},
        "latent": {"channels": 8, "height": 8, "width": 16, "downsampling": 8, "scale": float(parts.autoencoder().scale)},
        "segment": {"keyframes": 8, "context": 2, "frames": 24},
        "limits": {"seconds": 3600, "promptCharacters": 1000, "steps": 100, "guidance": 20.0, "segmentsInFlight": 3},
        "text": {"graph": graph(out, "text_encoder"), "length": text.LENGTH, "dimension": text.WIDTH,
                 "tokenizer": {"file": "tokenizer.json", "sha256": digest(os.path.join(out, "tokenizer.json"))}},
        "stages": {
            "keyframes": {"graph": graph(out, "keyframes"), "prediction": "v", "schedule": noise, "sampler": "dpm++2m",
                          "steps": 12, "guidance": 2.0, "contextGuidance": 1.0},
            "interpolate": {"graph": graph(out, "interpolate"), "prediction": "v", "schedule": noise, "sampler": "dpm++2m",
                            "steps": 5, "factor": 4, "window": 5},
            "decode": {"graph": graph(out, "decode"), "halo": video_decoder.HALO, "frameWidth": 128, "frameHeight": 64},
            "upsample": {"graph": graph(out, "upsample"), "prediction": "v", "schedule": noise, "sampler": "ddim",
                         "steps": 1, "factor": 4, "window": 12, "halo": 2, "noiseLevel": 5},
        },
        "conditions": {"timeOfDay": ["day", "night"], "traffic": ["empty", "crowded"],
                       "weather": ["clear", "rain", "fog"], "road": ["straight", "curve"]},
        "training": training(),
    }
    with open(os.path.join(out, "model.json"), "w") as f:
        json.dump(made, f, indent=1)
        f.write("\n")
