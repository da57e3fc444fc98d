"""`python -m longtake_models.export [--out DIR] [--only GRAPH ...]`: the models `drive` and `drive-full`, and model.json of both.

Opset 18. A graph is four files: NAME.onnx computes in fp32, NAME.half.onnx in half precision (half), NAME.weights are the weights of
both in fp16 (weights), NAME.golden.safetensors is an input with the network's answer (samples).
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import onnx
import torch
from onnx import ModelProto
from torch import Tensor, nn

from . import command, constants, half, manifest, parts, samples, text, weights
from .config import clone
from .latent_space import latent_space

OPSET = 18
NAMES = ("text_encoder", "keyframes", "keyframes_full", "interpolate", "decode", "upsample")
Inputs: TypeAlias = Mapping[str, Tensor]
Axes: TypeAlias = Mapping[str, Mapping[int, str]]
Graph: TypeAlias = tuple[nn.Module, dict[str, Tensor], Axes, str]
log = logging.getLogger(__package__)


def graphs() -> dict[str, Graph]:
    """name -> (network, example inputs by name, dynamic axes by input, output name)."""
    student, full, upsampler, r = parts.student(), parts.text_to_video(), parts.upsampler(), torch.randn
    batch, width, (c, *cells) = {0: "B"}, text.WIDTH, latent_space().shape
    keyframes = (
        {
            "sample": r(2, c, 8, *cells),
            "timestep": torch.full((2, 8), 500.0),
            "ctx_spatial": r(2, text.LENGTH, width),
            "ctx_temporal": r(2, text.LENGTH, width),
            "c_s": r(2, c + 1, 8, *cells),
        },
        dict.fromkeys(("sample", "timestep", "ctx_spatial", "ctx_temporal", "c_s"), batch),
        "out",
    )
    return {
        "text_encoder": (full.text, {"tokens": torch.ones(2, text.LENGTH, dtype=torch.int64)}, {"tokens": batch}, "embedding"),
        "keyframes": (student.denoiser, *keyframes),
        "keyframes_full": (full.denoiser, *keyframes),
        "interpolate": (
            parts.interpolation(),
            {"sample": r(6, c, 5, *cells), "timestep": torch.full((6, 5), 500.0), "c_s": r(6, c + 1, 5, *cells), "rate": torch.ones(6)},
            dict.fromkeys(("sample", "timestep", "c_s", "rate"), batch),
            "out",
        ),
        "decode": (parts.video_decoder(), {"latent": r(2, c, 6, *cells)}, {"latent": {0: "B", 2: "F"}}, "frames"),
        "upsample": (
            upsampler,
            {
                "sample": r(2, 3, 3, 64, 96),
                "timestep": torch.full((2, 3), 500.0),
                "low": r(2, 3, 3, 64 // upsampler.factor, 96 // upsampler.factor),
                "noise_level": torch.full((2,), 20.0),
            },
            {
                "sample": {0: "B", 2: "F", 3: "H", 4: "W"},
                "timestep": {0: "B", 1: "F"},
                "low": {0: "B", 2: "F", 3: "h", 4: "w"},
                "noise_level": batch,
            },
            "out",
        ),
    }


def place(name: str) -> Path:
    """Folder and file of a graph: the undistilled keyframe model is a model of its own, built on `drive`."""
    model, file = ("drive-full", "keyframes") if name == "keyframes_full" else ("drive", name)
    return Path(model, manifest.VERSION, file + ".onnx")


def rename(model: ModelProto, old: str, new: str) -> None:
    """Gives the output `old` its public name; an inner value that happens to have that name steps aside."""
    names = {new: new + ".inner", old: new}
    for node in model.graph.node:
        for values in (node.input, node.output):
            for i, name in enumerate(values):
                values[i] = names.get(name, name)
    for port in model.graph.output:
        port.name = names.get(port.name, port.name)


def write(network: nn.Module, inputs: Inputs, dynamic: Axes, output: str | Sequence[str], path: Path) -> None:
    """A graph of one file, computing in fp32."""
    model = exported(network, inputs, dynamic, output, path)
    weights.Weights(model).attach(model)
    onnx.save(model, path)
    onnx.checker.check_model(path)


def write_stage(name: str, network: nn.Module, inputs: Inputs, dynamic: Axes, output: str, path: Path) -> None:
    """The four files of a graph; path is that of NAME.onnx."""
    single = exported(network, inputs, dynamic, output, path)
    constants.fold(single)
    shared, stored = weights.Weights(single), path.with_suffix(".weights")
    shared.save(stored)
    for model, at in ((half.halved(single), path.with_suffix(".half.onnx")), (single, path)):
        shared.attach(model, stored.name)
        onnx.save(model, at)
        onnx.checker.check_model(at)
    samples.write(name, network, output, path.with_suffix(samples.SUFFIX))


def exported(network: nn.Module, inputs: Inputs, dynamic: Axes, output: str | Sequence[str], path: Path) -> ModelProto:
    """The network in fp32 with public names, and nothing in it that changes from run to run."""
    shapes = {name: dict.fromkeys(axes, torch.export.Dim.DYNAMIC) for name, axes in dynamic.items()}
    outputs = [output] if isinstance(output, str) else output
    export_graph(network, inputs, shapes, ["made." + name for name in outputs], path)
    model = onnx.load(path)
    for name in outputs:
        rename(model, "made." + name, name)
    del model.metadata_props[:]
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    del model.graph.value_info[:]
    for port in model.graph.input:
        for axis, name in dynamic[port.name].items():
            port.type.tensor_type.shape.dim[axis].dim_param = name
    like = next((i for i in model.graph.input if i.name == "sample"), model.graph.input[0])
    for axis, name in dynamic[like.name].items():
        for port in model.graph.output:
            port.type.tensor_type.shape.dim[axis].dim_param = name
    return model


def export_graph(
    network: nn.Module, inputs: Inputs, shapes: Mapping[str, Mapping[int, object]], outputs: Sequence[str], path: Path
) -> None:
    with torch.no_grad():
        torch.onnx.export(
            network,
            (),
            path,
            kwargs=dict(inputs),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_shapes=dict(shapes),
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("export", "Writes the graphs of the trained models, tokenizer.json and model.json.")
    parser.add_argument("--out", type=Path, metavar="DIR", help="the model repository; the one of the clone if it is not given")
    parser.add_argument("--only", nargs="+", choices=NAMES, metavar="GRAPH", help="write only these anew, of " + ", ".join(NAMES))
    chosen = parser.parse_args(argv)
    write_models(chosen.out or clone("models", "--out DIR"), chosen.only or NAMES)


def write_models(out: Path, wanted: Collection[str]) -> None:
    """The wanted graphs, and what both models say of themselves."""
    torch.manual_seed(0)
    for name, graph in graphs().items():
        if name not in wanted:
            continue
        path = out / place(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        log.info("exporting %s", name)
        write_stage(name, *graph, path)
        for file in sorted(path.parent.glob(path.stem + ".*")):
            print(file.relative_to(out), file.stat().st_size // 1024, "KiB", flush=True)
    text.save(out / "drive" / manifest.VERSION / "tokenizer.json")
    manifest.write(out)


if __name__ == "__main__":
    command.run(main)
