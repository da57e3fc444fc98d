"""model.json of the published size, so that the Java side opens it as any other model: to be timed, not watched."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import onnx
from onnx import ValueInfoProto
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from ..whole import write_json
from . import clip, networks

Json: TypeAlias = dict[str, Any]
NAME, VERSION = "paper", "1"
DTYPES = {1: "float32", 7: "int64"}
# Table 6: Stable Diffusion's betas for the keyframes, the upsampler's own; "linear" of SD checkpoints is linear in the root of beta.
NOISE = {"type": "scaled_linear", "steps": 1000, "betaStart": 0.00085, "betaEnd": 0.012, "spacing": "leading"}
UPSAMPLER_NOISE = {"type": "scaled_linear", "steps": 1000, "betaStart": 0.0003, "betaEnd": 0.022, "spacing": "leading"}


def digest(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def graph(folder: Path, name: str) -> Json:
    """What the loader checks. The digest is the graph's alone: its weights, beside it in .data, are as good as any others."""
    path = folder / f"{name}.onnx"
    made = onnx.load(path, load_external_data=False).graph

    def ports(values: Iterable[ValueInfoProto]) -> Json:
        return {
            v.name: {
                "dtype": DTYPES[v.type.tensor_type.elem_type],
                "shape": [d.dim_param or d.dim_value for d in v.type.tensor_type.shape.dim],
            }
            for v in values
        }

    return {"file": name + ".onnx", "sha256": digest(path), "inputs": ports(made.input), "outputs": ports(made.output)}


def tokenizer(path: Path) -> None:
    """A stand-in that knows no word: every prompt is 77 times [UNK] or [PAD], which takes as long as any other."""
    made = Tokenizer(models.WordLevel({"[PAD]": 0, "[UNK]": 1}, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.NFC(), pre_tokenizers.Whitespace()
    made.enable_truncation(clip.LENGTH)
    made.enable_padding(length=clip.LENGTH, pad_id=0, pad_token="[PAD]")
    made.save(str(path))


def write(folder: Path, divisor: int, parameters: Mapping[str, tuple[int, int]]) -> None:
    """parameters: name -> (spatial, temporal)."""
    tokenizer(folder / "tokenizer.json")
    text = graph(folder, "text_encoder")
    keys, decode = graph(folder, "keyframes"), graph(folder, "decode")
    height, width = keys["inputs"]["sample"]["shape"][3:]
    fresh = networks.FRAMES - 2
    made = {
        "name": NAME,
        "version": VERSION,
        "licence": "Apache-2.0",
        "description": "The Video LDM at its published size with random weights: for timing only"
        + ("" if divisor == 1 else f"; all widths divided by {divisor}")
        + ".",
        "film": {"width": 32 * width, "height": 32 * height, "fps": 2},
        "latent": {"channels": 4, "height": height, "width": width, "downsampling": 8, "scale": 0.18215},
        "segment": {"keyframes": networks.FRAMES, "context": 2, "frames": fresh},
        "limits": {"seconds": 3600, "promptCharacters": 1000, "steps": 250, "guidance": 20.0, "segmentsInFlight": 3},
        "text": {
            "graph": text,
            "length": clip.LENGTH,
            "dimension": text["outputs"]["embedding"]["shape"][2],
            "tokenizer": {"file": "tokenizer.json", "sha256": digest(folder / "tokenizer.json")},
        },
        "stages": {
            "keyframes": {"graph": keys, "prediction": "eps", "schedule": NOISE, "sampler": "ddim", "steps": 50, "guidance": 8.0},
            "decode": {"graph": decode, "halo": 2, "frameWidth": 8 * width, "frameHeight": 8 * height},
            "upsample": {
                "graph": graph(folder, "upsample"),
                "prediction": "eps",
                "schedule": UPSAMPLER_NOISE,
                "sampler": "ddim",
                "steps": 50,
                "factor": 4,
                "window": fresh,
                "halo": 2,
                "noiseLevel": 30,
            },
        },
        "training": {
            "weights": "random",
            "divisor": divisor,
            "parameters": {n: {"spatial": s, "temporal": t} for n, (s, t) in parameters.items()},
        },
    }
    write_json(folder / "model.json", made, indent=1, end="\n")
