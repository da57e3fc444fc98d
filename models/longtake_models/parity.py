"""`python -m longtake_models.parity [--models DIR] [--golden DIR]`: ONNX Runtime against the golden tensors, and its times."""
import argparse
import os
import time

import numpy as np
import onnxruntime as ort
from safetensors.numpy import load_file

from . import film
from .config import HERE
from .export import place

KEYS = {"sample": (8, 8, 8, 16), "timestep": (8,), "ctx_spatial": (24, 128), "ctx_temporal": (24, 128), "c_s": (9, 8, 8, 16)}


def batched(size, shapes):
    return {name: (size, *shape) for name, shape in shapes.items()}


# What 24 frames of film ask of each graph: (inputs as they are at full size, calls)
FULL = {"keyframes": (batched(1, KEYS), film.FEW.steps), "keyframes_full": (batched(2, KEYS), film.FULL.steps),
        "interpolate": ({"sample": (6, 8, 5, 8, 16), "timestep": (6, 5), "c_s": (6, 9, 5, 8, 16), "rate": (6,)}, film.BETWEEN),
        "decode": ({"latent": (1, 8, 28, 8, 16)}, 1),
        "upsample": ({"sample": (1, 3, 14, 256, 512), "timestep": (1, 14), "low": (1, 3, 14, 64, 128), "noise_level": (1,)}, 2)}


def session(path, threads=2):
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", default=os.path.join(HERE, ".."))
    parser.add_argument("--golden", default=os.path.join(HERE, "../../src/test/resources/golden"))
    chosen = parser.parse_args()
    for name in ("text_encoder", *FULL):
        run = session(os.path.join(chosen.models, place(name)))
        golden = load_file(os.path.join(chosen.golden, name + ".safetensors"))
        output = run.get_outputs()[0].name
        made = run.run(None, {i.name: golden[i.name] for i in run.get_inputs()})[0]
        print(f"{name}: max relative {np.abs(made - golden[output]).max() / np.abs(golden[output]).max():.2e}", end="")
        if name in FULL:
            shapes, calls = FULL[name]
            feed = {k: (500 * np.ones(s) if k == "timestep" else 5 * np.ones(s) if k == "noise_level" else np.random.randn(*s)).astype(np.float32)
                    for k, s in shapes.items()}
            times = []
            for _ in range(4):
                begun = time.time()
                run.run(None, feed)
                times.append(time.time() - begun)
            print(f", {min(times) * 1000:.0f} ms a call, {calls} calls for 24 frames: {calls * min(times):.2f} s", end="")
        print(flush=True)


if __name__ == "__main__":
    main()
