"""`python -m longtake_models.train [PART ...]`: all parts from nothing, in order, or the given ones; finished parts are skipped.

On a CPU the autoencoder comes first, on all cores; then two chains run side by side with half of the cores each, and where one needs a
part of the other it waits. On a GPU the parts run one after the other. A killed run goes on where it was; the time at the end is the
sum over all runs.
"""
import importlib
import json
import os
import subprocess
import sys
import time

import torch

from ..config import work
from ..world import dataset
from .loop import device, done

FIRST = ["autoencoder"]
CHAINS = [["image", "temporal", "student"],
          ["upsampler_image", "upsampler", "interpolation", "decoder", "judge", "counter", "temporal_attention"]]
NEEDS = {"temporal_attention": "image", "counter": "decoder"}
MODULES = {"upsampler_image": "upsampler", "temporal_attention": "temporal"}     # where the module is not named as the part


def train(part):
    while part in NEEDS and not done(NEEDS[part]):
        time.sleep(2)
    if done(part) and (part != "autoencoder" or os.path.exists(work("latents.done"))):
        return
    print("==", part, time.strftime("%H:%M:%S"), flush=True)
    module = importlib.import_module("." + MODULES.get(part, part), __package__)
    module.train(part) if part in (*MODULES, *MODULES.values()) else module.train()


def everything():
    begun = time.time()
    train("autoencoder")
    if device().type == "cuda":
        for part in sum(CHAINS, []):
            train(part)
    else:
        half = str(max(1, torch.get_num_threads() // 2))
        running = [subprocess.Popen([sys.executable, "-m", __package__, *chain], env={**os.environ, "OMP_NUM_THREADS": half}) for chain in CHAINS]
        if any([chain.wait() for chain in running]):
            sys.exit("a part failed: see above; the same command goes on from the last checkpoints")
    print(f"all parts trained; this run {time.time() - begun:.0f} s; by part:")
    for part in FIRST + sum(CHAINS, []):
        with open(work(f"{part}.json")) as f:
            made = json.load(f)
        print(f"  {part:20} {made['steps']:6} steps {made['seconds']:6} s, {made['threads']} threads, {made['device']}")


def main(parts):
    dataset.make(os.cpu_count() or 1)
    if not parts:
        everything()
    for part in parts:
        train(part)


if __name__ == "__main__":
    main(sys.argv[1:])
