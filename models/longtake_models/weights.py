"""The weights of a stage, stored once: fp16, in one file beside its graphs, which name it as ONNX external data.

The half precision graph reads them as they are; the fp32 one through a Cast each, which a session folds when it loads.
"""

import hashlib
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper

LEAST = 32  # numbers: smaller constants stay inside the graphs
ALIGNED = 64  # bytes
DIGEST = "longtake.weights.sha256"


class Weights:
    """What two graphs share: constants of the fp32 graph that are fp16 numbers already, in the order in which it has them."""

    def __init__(self, model: ModelProto) -> None:
        self.places, self.data = {}, bytearray()
        for tensor in model.graph.initializer:
            if tensor.data_type != TensorProto.FLOAT:
                continue
            full = numpy_helper.to_array(tensor)
            small = full.astype(np.float16)
            if full.size < LEAST or not np.array_equal(small.astype(np.float32), full):
                continue
            self.data.extend(bytes(-len(self.data) % ALIGNED))
            self.places[tensor.name] = (len(self.data), small.nbytes, list(full.shape))
            self.data.extend(small.tobytes())

    def save(self, path: Path) -> None:
        path.write_bytes(self.data)

    def attach(self, model: ModelProto, file: str | None = None) -> None:
        """Puts the shared constants of the model into `file`, or keeps them inside. With a file, metadata name the digest of the
        weights, so that the same graph over other weights is another file, also to a cache of compiled plans."""
        graph, casts = model.graph, []
        for tensor in list(graph.initializer):
            name = tensor.name.removesuffix(".fp16")
            if name not in self.places:
                continue
            graph.initializer.remove(tensor)
            graph.initializer.append(self._stored(name, file))
            if tensor.data_type == TensorProto.FLOAT:
                casts.append(helper.make_node("Cast", [name + ".fp16"], [name], name="cast." + name, to=TensorProto.FLOAT))
        for node in reversed(casts):
            graph.node.insert(0, node)
        distinct = {t.name: t for t in graph.initializer}
        del graph.initializer[:]
        graph.initializer.extend(distinct.values())
        if file is not None:
            helper.set_model_props(model, {DIGEST: hashlib.sha256(self.data).hexdigest()})

    def _stored(self, name: str, file: str | None) -> TensorProto:
        offset, length, shape = self.places[name]
        tensor = TensorProto(name=name + ".fp16", data_type=TensorProto.FLOAT16, dims=shape)
        if file is None:
            tensor.raw_data = bytes(self.data[offset : offset + length])
            return tensor
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", file), ("offset", offset), ("length", length)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor


def files(path: Path) -> list[str]:
    """Names of the weight files that a graph refers to."""
    found = {
        entry.value
        for tensor in onnx.load(path, load_external_data=False).graph.initializer
        for entry in tensor.external_data
        if entry.key == "location"
    }
    return sorted(Path(name).name for name in found)
