"""`python -m longtake_models.train data|<part>...|chain-a|chain-b|all`: trains parts in order, skipping what is done.

The two chains use one thread each and may run side by side; where one needs a part of the other it waits for it.
"""
import importlib
import os
import subprocess
import sys
import time

import torch

from ..config import work

CHAINS = {"chain-a": ["autoencoder", "image", "temporal"],
          "chain-b": ["upsampler", "interpolation", "decoder", "counter", "upsampler_finish"]}
NEEDS = {"image": "latents.done", "interpolation": "latents.done", "decoder": "latents.done",
         "counter": "latents.done", "upsampler_finish": "latents.done"}


def train(part):
    while part in NEEDS and not os.path.exists(work(NEEDS[part])):
        time.sleep(2)
    print("==", part, time.strftime("%H:%M:%S"), flush=True)
    if part == "upsampler_finish":
        importlib.import_module(".upsampler", __package__).train(part)
    else:
        importlib.import_module("." + part, __package__).train()


def main(parts):
    torch.set_num_threads(int(os.environ.get("LONGTAKE_THREADS", "1")))
    if parts == ["data"] or not os.path.exists(work("small.done")):
        from ..world import dataset
        dataset.make()
    if parts == ["all"]:
        chains = [subprocess.Popen([sys.executable, "-m", __package__, chain]) for chain in CHAINS]
        sys.exit(max(chain.wait() for chain in chains))
    for name in parts:
        for part in CHAINS.get(name, [name]):
            if part != "data":
                train(part)


if __name__ == "__main__":
    main(sys.argv[1:] or ["all"])
