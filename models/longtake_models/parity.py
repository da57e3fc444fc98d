"""`python -m longtake_models.parity [--models DIR] [--golden DIR]`: ONNX Runtime against the golden tensors, both precisions, and times.

With `--film SEGMENTS [--profile few|full]`, a film by the graphs in half precision beside the same one in fp32.
"""
import argparse
import os
import time

import numpy as np
from safetensors.numpy import load_file

from . import film, precision, shipped
from .config import HERE
from .export import place

KEYS = {"sample": (8, 8, 8, 16), "timestep": (8,), "ctx_spatial": (24, 128), "ctx_temporal": (24, 128), "c_s": (9, 8, 8, 16)}


def batched(size, shapes):
    return {name: (size, *shape) for name, shape in shapes.items()}


# What 24 frames of film ask of each graph: (inputs as they are at full size, calls)
FULL = {"keyframes": (batched(film.FEW.calls // film.FEW.steps, KEYS), film.FEW.steps),
        "keyframes_full": (batched(film.FULL.calls // film.FULL.steps, KEYS), film.FULL.steps),
        "interpolate": ({"sample": (6, 8, 5, 8, 16), "timestep": (6, 5), "c_s": (6, 9, 5, 8, 16), "rate": (6,)}, film.BETWEEN),
        "decode": ({"latent": (1, 8, 28, 8, 16)}, 1),
        "upsample": ({"sample": (1, 3, 14, 256, 512), "timestep": (1, 14), "low": (1, 3, 14, 64, 128), "noise_level": (1,)}, 2)}


def milliseconds(run, name):
    """Best of four calls at full size, and what 24 frames of film take of them in seconds."""
    shapes, calls = FULL[name]
    feed = {k: (500 * np.ones(s) if k == "timestep" else 5 * np.ones(s) if k == "noise_level" else np.random.randn(*s)).astype(np.float32)
            for k, s in shapes.items()}
    times = []
    for _ in range(4):
        begun = time.time()
        run.run(None, feed)
        times.append(time.time() - begun)
    return f"{min(times) * 1000:.0f} ms a call, {calls} calls for 24 frames: {calls * min(times):.2f} s"


def compare(path, golden):
    """One line a variant of the graph; the last is what a GPU holds between its layers."""
    for title, model in precision.variants(path).items():
        rms, most = precision.golden_error(model, golden)
        print(f"  {title}: relative rms {rms:.2e}, largest difference {most:.2e}")


def films(models, segments, profile, prompt="a drive at night in heavy traffic", seed=1):
    """The same film by the graphs of each precision."""
    made = {}
    for variant in ("fp32", "fp16", "fp16, every value rounded"):
        studio = shipped.Shipped(models, variant, profile)
        keys = studio.keys(prompt, segments, seed)
        frames = studio.frames(studio.latents(keys, seed))
        made[variant] = (keys, frames, studio.large(frames, seed))
    keys, *expected = made.pop("fp32")
    for variant, (found, *frames) in made.items():
        print("film of %d segments, %s, %s: keyframes: relative rms %.2e, largest difference %.2e" % (
            segments, profile, variant, *precision.error(found.numpy(), keys.numpy())))
        for title, pair in zip(("decoded", "upsampled"), zip(frames, expected)):
            print("  %s: PSNR %.1f dB, worst frame %.1f dB" % (title, *shipped.psnr(*pair)), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", default=os.path.join(HERE, ".."))
    parser.add_argument("--golden", default=os.path.join(HERE, "../../src/test/resources/golden"))
    parser.add_argument("--film", type=int, metavar="SEGMENTS")
    parser.add_argument("--profile", choices=film.PROFILES, default="few")
    chosen = parser.parse_args()
    if chosen.film:
        films(chosen.models, chosen.film, chosen.profile)
        return
    for name in ("text_encoder", *FULL):
        path, golden = os.path.join(chosen.models, place(name)), os.path.join(chosen.golden, name + ".safetensors")
        run = precision.session(path)
        output, tensors = run.get_outputs()[0].name, load_file(golden)
        made = run.run(None, {i.name: tensors[i.name] for i in run.get_inputs()})[0]
        print(f"{name}: max relative {np.abs(made - tensors[output]).max() / np.abs(tensors[output]).max():.2e}"
              + (", " + milliseconds(run, name) if name in FULL else ""))
        compare(path, golden)


if __name__ == "__main__":
    main()
