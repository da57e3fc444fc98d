"""Graphs of the published size as TensorRT takes them: opset 18, static sizes but for the batch, weights beside the graph (over 2 GB)."""

import time
from pathlib import Path

import onnx
import torch

from . import networks, weights
from .layers import written_out

# GroupNorm becomes an operator at 21 and Attention one at 23; TensorRT 10.6 is at home in what 18 spells out (InstanceNormalization,
# LayerNormalization, MatMul - Softmax - MatMul).
OPSET = 18
DTYPES = {"float16": torch.float16, "float32": torch.float32}


def export(name: str, path: Path, divisor: int = 1, dtype: torch.dtype = torch.float16, number: int = 0) -> tuple[int, int]:
    """Writes `path` and `path`.data; returns (spatial, temporal) parameters. Inputs and outputs are fp32, all between them is `dtype`."""
    network = written_out(weights.build(networks.networks()[name], divisor, dtype, number=number))
    given = networks.inputs(name, 2, divisor)
    with torch.no_grad():
        program = torch.onnx.export(
            network,
            (),
            kwargs=given,
            input_names=list(given),
            output_names=["made"],
            opset_version=OPSET,
            dynamo=True,
            dynamic_shapes={n: {0: torch.export.Dim.DYNAMIC} for n in given},
            verbose=False,
        )
    for leftover in (path, path.with_name(path.name + ".data")):
        leftover.unlink(missing_ok=True)
    if program is None:
        raise RuntimeError(f"{name}: the exporter gave no program")
    program.save(path, external_data=True)
    finish(path, networks.OUTPUTS[name])
    return weights.count(network)


def finish(path: Path, output: str) -> None:
    """Public names, axis "B", no traces of where it was made. Touches the graph alone, never the weights."""
    model = onnx.load(path, load_external_data=False)
    names = {output: output + ".inner", "made": output}
    for node in model.graph.node:
        for values in (node.input, node.output):
            for i, value in enumerate(values):
                values[i] = names.get(value, value)
        del node.metadata_props[:]
        node.doc_string = ""
    for port in model.graph.output:
        port.name = names.get(port.name, port.name)
    for port in (*model.graph.input, *model.graph.output):
        port.type.tensor_type.shape.dim[0].dim_param = "B"
        del port.metadata_props[:]
    del model.graph.value_info[:]
    del model.metadata_props[:]
    path.write_bytes(model.SerializeToString())


def one(name: str, folder: Path, divisor: int, dtype: str) -> tuple[str, int, int, float]:
    """A graph into a folder, in a process of its own (which cannot find what lies in a __main__): name, parameters, seconds."""
    begun = time.time()
    spatial, temporal = export(name, folder / f"{name}.onnx", divisor, DTYPES[dtype])
    return name, spatial, temporal, time.time() - begun
