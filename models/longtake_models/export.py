"""`python -m longtake_models.export [--out DIR] [--only GRAPH ...]`: the models `drive` and `drive-full`, and model.json of both.

Opset 18. A graph is four files: NAME.onnx computes in fp32, NAME.half.onnx in half precision (half), NAME.weights are the weights of
both in fp16 (weights), NAME.golden.safetensors is an input with the network's answer (samples).
"""
import argparse
import glob
import os

import onnx
import torch

from . import constants, half, manifest, parts, samples, text, weights
from .autoencoder import CHANNELS
from .config import HERE

OPSET = 18


def graphs():
    """name -> (network, example inputs by name, dynamic axes by input, output name)."""
    student, full, r = parts.student(), parts.text_to_video(), torch.randn
    batch, width, c = {0: "B"}, text.WIDTH, CHANNELS
    keyframes = ({"sample": r(2, c, 8, 8, 16), "timestep": torch.full((2, 8), 500.0), "ctx_spatial": r(2, text.LENGTH, width),
                  "ctx_temporal": r(2, text.LENGTH, width), "c_s": r(2, c + 1, 8, 8, 16)},
                 {n: batch for n in ("sample", "timestep", "ctx_spatial", "ctx_temporal", "c_s")}, "out")
    return {
        "text_encoder": (full.text, {"tokens": torch.ones(2, text.LENGTH, dtype=torch.int64)}, {"tokens": batch}, "embedding"),
        "keyframes": (student.denoiser, *keyframes),
        "keyframes_full": (full.denoiser, *keyframes),
        "interpolate": (parts.interpolation(), {"sample": r(6, c, 5, 8, 16), "timestep": torch.full((6, 5), 500.0),
                                                "c_s": r(6, c + 1, 5, 8, 16), "rate": torch.ones(6)},
                        {n: batch for n in ("sample", "timestep", "c_s", "rate")}, "out"),
        "decode": (parts.video_decoder(), {"latent": r(2, c, 6, 8, 16)}, {"latent": {0: "B", 2: "F"}}, "frames"),
        "upsample": (parts.upsampler(), {"sample": r(2, 3, 3, 64, 96), "timestep": torch.full((2, 3), 500.0),
                                         "low": r(2, 3, 3, 16, 24), "noise_level": torch.full((2,), 20.0)},
                     {"sample": {0: "B", 2: "F", 3: "H", 4: "W"}, "timestep": {0: "B", 1: "F"},
                      "low": {0: "B", 2: "F", 3: "h", 4: "w"}, "noise_level": batch}, "out"),
    }


def place(name):
    """Folder and file of a graph: the undistilled keyframe model is a model of its own, built on `drive`."""
    return os.path.join("drive-full", manifest.VERSION, "keyframes.onnx") if name == "keyframes_full" \
        else os.path.join("drive", manifest.VERSION, name + ".onnx")


def rename(model, old, new):
    """Gives the output `old` its public name; an inner value that happens to have that name steps aside."""
    names = {new: new + ".inner", old: new}
    for node in model.graph.node:
        for values in (node.input, node.output):
            for i, name in enumerate(values):
                values[i] = names.get(name, name)
    for port in model.graph.output:
        port.name = names.get(port.name, port.name)


def write(network, inputs, dynamic, output, path):
    """A graph of one file, computing in fp32."""
    model = exported(network, inputs, dynamic, output, path)
    weights.Weights(model).attach(model)
    onnx.save(model, path)
    onnx.checker.check_model(path)


def write_stage(name, network, inputs, dynamic, output, path):
    """The four files of a graph; path is that of NAME.onnx."""
    single = exported(network, inputs, dynamic, output, path)
    constants.fold(single)
    stem = path.removesuffix(".onnx")
    shared, file = weights.Weights(single), os.path.basename(stem) + ".weights"
    shared.save(stem + ".weights")
    for model, place in ((half.halved(single), stem + ".half.onnx"), (single, path)):
        shared.attach(model, file)
        onnx.save(model, place)
        onnx.checker.check_model(place)
    samples.write(name, network, output, stem + samples.SUFFIX)


def exported(network, inputs, dynamic, output, path):
    """The network in fp32 with public names, and nothing in it that changes from run to run."""
    shapes = {name: {axis: torch.export.Dim.DYNAMIC for axis in axes} for name, axes in dynamic.items()}
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


def export_graph(network, inputs, shapes, outputs, path):
    with torch.no_grad():
        torch.onnx.export(network, (), path, kwargs=inputs, input_names=list(inputs), output_names=outputs,
                          dynamic_shapes=shapes, opset_version=OPSET, dynamo=True, external_data=False, verbose=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", default=os.path.join(HERE, ".."), help="the model repository (default: the shipped one)")
    parser.add_argument("--only", nargs="*", help="graphs to write anew")
    chosen = parser.parse_args()
    torch.manual_seed(0)
    for name, graph in graphs().items():
        if chosen.only and name not in chosen.only:
            continue
        path = os.path.join(chosen.out, place(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_stage(name, *graph, path)
        for file in sorted(glob.glob(path.removesuffix("onnx") + "*")):
            print(os.path.relpath(file, chosen.out), os.path.getsize(file) // 1024, "KiB", flush=True)
    text.save(os.path.join(chosen.out, "drive", manifest.VERSION, "tokenizer.json"))
    manifest.write(chosen.out)


if __name__ == "__main__":
    main()
