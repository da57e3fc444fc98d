"""`python -m longtake_models.export [--out DIR] [--only GRAPH ...]`: the models `drive` and `drive-full`: graphs, tokenizer.json, model.json.

Opset 18, weights stored in fp16 behind a Cast to float32 (folded when a session loads): half the bytes, fp32 arithmetic.
"""
import argparse
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from . import manifest, parts, text
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


def halve_weights(model):
    """Float initializers that are fp16 numbers already become fp16 + Cast."""
    graph, casts = model.graph, []
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT:
            continue
        full = numpy_helper.to_array(tensor)
        half = full.astype(np.float16)
        if full.size < 32 or not np.array_equal(half.astype(np.float32), full):
            continue
        name = tensor.name
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(half, name + ".fp16"))
        casts.append(helper.make_node("Cast", [name + ".fp16"], [name], to=TensorProto.FLOAT))
    for node in reversed(casts):
        graph.node.insert(0, node)


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
    shapes = {name: {axis: torch.export.Dim.DYNAMIC for axis in axes} for name, axes in dynamic.items()}
    outputs = [output] if isinstance(output, str) else output
    export_graph(network, inputs, shapes, ["made." + name for name in outputs], path)
    model = onnx.load(path)
    for name in outputs:
        rename(model, "made." + name, name)
    halve_weights(model)
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
    onnx.checker.check_model(model)
    onnx.save(model, path)


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
        write(*graph, path)
        print(os.path.relpath(path, chosen.out), os.path.getsize(path) // 1024, "KiB", flush=True)
    text.save(os.path.join(chosen.out, "drive", manifest.VERSION, "tokenizer.json"))
    manifest.write(chosen.out)


if __name__ == "__main__":
    main()
