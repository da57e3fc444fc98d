"""Writes the toy models beside this file: every graph of a real one, small, and simple enough to say what must come out.

toy, all of it:

    keyframes    v = 0.3 sample + 0.1 sin(t / 100) + 0.2 mean(ctx_spatial) + 0.05 mean(ctx_temporal) + 0.4 z of c_s
    interpolate  v = 0.3 sample + 0.1 sin(t / 100) + 0.4 z of c_s; also in half precision, with a golden input
    decode       tanh of 0.6 the latent and 0.4 the one before it, every pixel doubled
    upsample     v = 0.5 sample - 0.8 (0.6 low and 0.4 the one before it, doubled) + 0.001 noise_level

toy-paced, which builds on toy and interpolates in two passes, T to 4T to 16T:

    interpolate  v = 0.3 sample + 0.1 sin(t / 100) + 0.4 mean over time of z of c_s + 0.1 rate

toy-reuse, which builds on toy too; its segments follow each other by reuse-and-diffuse, so its network looks at several frames:

    keyframes    v = 0.5 tanh(0.6 the frame and 0.4 the one before it) + 0.1 sin(t / 100) + 0.2 mean(ctx_spatial) +
                     0.05 mean(ctx_temporal) + 0.4 z of c_s

toy-five, which builds on toy too and has a fifth stage; its manifest says its pipeline:

    enlarge      as upsample, for frames twice as large
"""
import hashlib
import json
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MODELS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOY, PACED, REUSE, FIVE = (os.path.join(MODELS, name, "1") for name in ("toy", "toy-paced", "toy-reuse", "toy-five"))
C, T, H, W, L, D = 4, 4, 2, 4, 6, 4
WORDS = ["[PAD]", "[UNK]", "a", "road", "by", "day", "night", "rain"]


class Build:
    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, value, dtype=np.float32):
        name = f"k{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, dtype), name))
        return name

    def __call__(self, op, *inputs, **attributes):
        name = f"n{len(self.nodes)}"
        inputs = [self.constant(i) if isinstance(i, float) else i for i in inputs]
        self.nodes.append(helper.make_node(op, inputs, [name], **attributes))
        return name

    def axes(self, *values):
        return self.constant(values, np.int64)

    def slice(self, x, axis, start, end):
        return self("Slice", x, self.axes(start), self.axes(end), self.axes(axis))

    def mixed(self, x):
        """0.6 of every frame (axis 2) and 0.4 of the one before it; the first has itself before it."""
        past = self("Concat", self.slice(x, 2, 0, 1), self.slice(x, 2, 0, -1), axis=2)
        return self("Add", self("Mul", x, 0.6), self("Mul", past, 0.4))

    def doubled(self, x, height, width):
        tall = self("Tile", self("Unsqueeze", x, self.axes(4, 6)), self.axes(1, 1, 1, 1, 2, 1, 2))
        return self("Reshape", tall, self.axes(0, 0, 0, 2 * height, 2 * width))

    def times(self):
        return self("Unsqueeze", self("Mul", self("Sin", self("Div", "timestep", 100.0)), 0.1), self.axes(1, 3, 4))

    def spread(self, context, scale):
        mean = self("ReduceMean", context, self.axes(1), keepdims=0)
        return self("Mul", self("Unsqueeze", mean, self.axes(2, 3, 4)), scale)

    def sum(self, *terms):
        total = terms[0]
        for term in terms[1:]:
            total = self("Add", total, term)
        return total


def save(build, name, inputs, output, shape, folder=TOY):
    build.nodes[-1].output[0] = output
    ports = {n: (s, TensorProto.INT64 if n == "tokens" else TensorProto.FLOAT) for n, s in inputs.items()}
    graph = helper.make_graph(build.nodes, name, [helper.make_tensor_value_info(n, t, s) for n, (s, t) in ports.items()],
                              [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)], build.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    path = os.path.join(folder, name + ".onnx")
    with open(path, "wb") as f:
        f.write(model.SerializeToString(deterministic=True))
    return {"file": name + ".onnx", "sha256": digest(path),
            "inputs": {n: {"dtype": "int64" if n == "tokens" else "float32", "shape": s} for n, s in inputs.items()},
            "outputs": {output: {"dtype": "float32", "shape": shape}}}


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def text_encoder():
    b = Build()
    table = np.sin(np.arange(len(WORDS) * D, dtype=np.float32)).reshape(len(WORDS), D)
    table[0] = 0
    b("Gather", b.constant(table), "tokens", axis=0)
    return save(b, "text_encoder", {"tokens": ["B", L]}, "embedding", ["B", L, D])


def keyframes():
    b = Build()
    b.sum(b("Mul", "sample", 0.3), b.times(), b.spread("ctx_spatial", 0.2), b.spread("ctx_temporal", 0.05),
          b("Mul", b.slice("c_s", 1, 0, C), 0.4))
    return save(b, "keyframes", {"sample": ["B", C, T, H, W], "timestep": ["B", T], "ctx_spatial": ["B", L, D],
                                 "ctx_temporal": ["B", L, D], "c_s": ["B", C + 1, T, H, W]}, "out", ["B", C, T, H, W])


def keyframes_reuse():
    b = Build()
    b.sum(b("Mul", b("Tanh", b.mixed("sample")), 0.5), b.times(), b.spread("ctx_spatial", 0.2), b.spread("ctx_temporal", 0.05),
          b("Mul", b.slice("c_s", 1, 0, C), 0.4))
    return save(b, "keyframes", {"sample": ["B", C, 6, H, W], "timestep": ["B", 6], "ctx_spatial": ["B", L, D],
                                 "ctx_temporal": ["B", L, D], "c_s": ["B", C + 1, 6, H, W]}, "out", ["B", C, 6, H, W], REUSE)


def interpolate():
    ports = {"sample": ["B", C, 3, H, W], "timestep": ["B", 3], "c_s": ["B", C + 1, 3, H, W]}, "out", ["B", C, 3, H, W]
    b = Build()
    b.sum(b("Mul", "sample", 0.3), b.times(), b("Mul", b.slice("c_s", 1, 0, C), 0.4))
    made = save(b, "interpolate", *ports)
    b = Build()
    sample, c_s, times = (b("Cast", x, to=TensorProto.FLOAT16) for x in ("sample", "c_s", b.times()))
    b("Cast", b.sum(b("Mul", sample, b.constant(0.3, np.float16)), times,
                    b("Mul", b.slice(c_s, 1, 0, C), b.constant(0.4, np.float16))), to=TensorProto.FLOAT)
    half = save(b, "interpolate.half", *ports)
    bounds = {"relativeRms": 0.004, "maxAbsolute": 0.01}
    return {**made, "golden": golden(), "bounds": bounds, "half": {"file": half["file"], "sha256": half["sha256"], "bounds": bounds}}


def golden():
    """An input of interpolate and its output, as safetensors."""
    draw = np.random.default_rng(1)
    sample, c_s = draw.standard_normal((1, C, 3, H, W)), draw.standard_normal((1, C + 1, 3, H, W))
    timestep = np.array([[0.0, 250.0, 999.0]])
    out = 0.3 * sample + 0.1 * np.sin(timestep / 100)[:, None, :, None, None] + 0.4 * c_s[:, :C]
    header, data = {}, b""
    for name, values in {"sample": sample, "timestep": timestep, "c_s": c_s, "out": out}.items():
        values = values.astype("<f4")
        header[name] = {"dtype": "F32", "shape": values.shape, "data_offsets": [len(data), len(data) + values.nbytes]}
        data += values.tobytes()
    text = json.dumps(header).encode()
    path = os.path.join(TOY, "interpolate.golden.safetensors")
    with open(path, "wb") as f:
        f.write(len(text).to_bytes(8, "little") + text + data)
    return {"file": os.path.basename(path), "sha256": digest(path)}


def interpolate_paced():
    b = Build()
    ends = b("ReduceMean", b.slice("c_s", 1, 0, C), b.axes(2), keepdims=1)
    rate = b("Mul", b("Unsqueeze", "rate", b.axes(1, 2, 3, 4)), 0.1)
    b.sum(b("Mul", "sample", 0.3), b.times(), b("Mul", ends, 0.4), rate)
    return save(b, "interpolate", {"sample": ["B", C, 5, H, W], "timestep": ["B", 5], "c_s": ["B", C + 1, 5, H, W], "rate": ["B"]},
                "out", ["B", C, 5, H, W], PACED)


def decode():
    b = Build()
    b.doubled(b("Tanh", b.mixed(b.slice("latent", 1, 0, 3))), H, W)
    return save(b, "decode", {"latent": ["B", C, "F", H, W]}, "frames", ["B", 3, "F", 2 * H, 2 * W])


def upsample(name="upsample", height=2 * H, width=2 * W, folder=TOY):
    b = Build()
    level = b("Mul", b("Unsqueeze", "noise_level", b.axes(1, 2, 3, 4)), 0.001)
    time = b("Mul", b("Unsqueeze", "timestep", b.axes(1, 3, 4)), 0.0)
    b.sum(b("Mul", "sample", 0.5), b("Mul", b.doubled(b.mixed("low"), height, width), -0.8), level, time)
    return save(b, name, {"sample": ["B", 3, "F", 2 * height, 2 * width], "timestep": ["B", "F"],
                          "low": ["B", 3, "F", height, width], "noise_level": ["B"]}, "out", ["B", 3, "F", 2 * height, 2 * width],
                folder)


def tokenizer():
    made = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
            "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": None,
            "decoder": None, "model": {"type": "WordLevel", "vocab": {w: i for i, w in enumerate(WORDS)}, "unk_token": "[UNK]"}}
    path = os.path.join(TOY, "tokenizer.json")
    with open(path, "w") as f:
        json.dump(made, f, indent=1)
    return {"file": "tokenizer.json", "sha256": digest(path)}


def main():
    os.makedirs(TOY, exist_ok=True)
    os.makedirs(PACED, exist_ok=True)
    os.makedirs(REUSE, exist_ok=True)
    os.makedirs(FIVE, exist_ok=True)
    common = {"prediction": "v", "schedule": {"type": "cosine", "steps": 1000, "offset": 0.003}}
    manifest = {
        "name": "toy", "version": "1", "licence": "Apache-2.0", "description": "A model for tests: sums and products.",
        "film": {"width": 4 * W, "height": 4 * H, "fps": 8},
        "latent": {"channels": C, "height": H, "width": W, "downsampling": 2, "scale": 2.0},
        "segment": {"keyframes": T, "context": 2, "frames": 4},
        "limits": {"seconds": 60, "promptCharacters": 100, "steps": 50, "guidance": 10.0, "segmentsInFlight": 3},
        "text": {"graph": text_encoder(), "tokenizer": tokenizer(), "length": L, "dimension": D},
        "stages": {
            "keyframes": {"graph": keyframes(), **common, "sampler": "dpm++2m", "steps": 4, "guidance": 2.0, "contextGuidance": 1.0},
            "interpolate": {"graph": interpolate(), **common, "sampler": "dpm++2m", "steps": 3, "factor": 2, "window": 3},
            "decode": {"graph": decode(), "halo": 1, "frameWidth": 2 * W, "frameHeight": 2 * H},
            "upsample": {"graph": upsample(), **common, "sampler": "ddim", "steps": 2, "factor": 2, "window": 2, "halo": 1,
                         "noiseLevel": 50},
        },
        "conditions": {}, "training": {},
    }
    write(manifest, TOY)
    reuse = json.loads(json.dumps(manifest))
    reuse["name"], reuse["description"] = "toy-reuse", "The toy model, its segments growing out of each other's noise."
    reuse["base"] = {"name": "toy", "version": "1"}
    reuse["segment"] = {"keyframes": 6, "context": 1, "frames": 10}
    reuse["stages"]["keyframes"].update(graph=keyframes_reuse(), sampler="ddim", steps=10, continuation={
        "type": "reuse-and-diffuse", "prompts": 3, "reuse": 2.0, "guided": 0.5})
    write(reuse, REUSE)
    five = json.loads(json.dumps(manifest))
    five["name"], five["description"] = "toy-five", "The toy model, enlarging twice."
    five["base"] = {"name": "toy", "version": "1"}
    five["film"].update(width=8 * W, height=8 * H)
    five["stages"]["enlarge"] = {**five["stages"]["upsample"], "kind": "upsample", "graph": upsample("enlarge", 4 * H, 4 * W, FIVE)}
    five["pipeline"] = [
        {"stage": "keyframes", "inputs": {"context": "keyframes"}},
        {"stage": "interpolate", "inputs": {"source": "keyframes"}},
        {"stage": "decode", "inputs": {"source": "interpolate", "halo": "interpolate"}},
        {"stage": "upsample", "inputs": {"source": "decode", "halo": "decode"}},
        {"stage": "enlarge", "inputs": {"source": "upsample", "halo": "upsample"}},
    ]
    write(five, FIVE)
    manifest["name"], manifest["description"] = "toy-paced", "The toy model, interpolating in two passes."
    manifest["base"] = {"name": "toy", "version": "1"}
    manifest["segment"]["frames"] = 32
    manifest["stages"]["interpolate"].update(graph=interpolate_paced(), factor=4, window=5, rates=[0.0, 1.0])
    write(manifest, PACED)


def write(manifest, folder):
    with open(os.path.join(folder, "model.json"), "w") as f:
        json.dump(manifest, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
