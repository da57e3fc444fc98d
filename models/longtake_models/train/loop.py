"""The training loop that all parts share: a budget of steps, warm-up and cosine, averaged weights, exact resume."""
import json
import math
import os
import time

import numpy as np
import torch

from ..config import load, work
from .muon import optimisers

CHECKPOINT_SECONDS = 60
WARM_UP = 50


def device():
    """A CUDA GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def amp():
    """bf16 arithmetic."""
    return torch.autocast(device().type, dtype=torch.bfloat16)


def rate(progress, step):
    """Share of the full learning rate: linear warm-up, then cosine to 3 %."""
    return min(1.0, (step + 1) / WARM_UP) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


def done(name):
    """Has this part made all its steps?"""
    if not os.path.exists(work(f"{name}.json")):
        return False
    with open(work(f"{name}.json")) as f:
        return json.load(f).get("done", False)


class Loop:
    """Trains `parameters` of `network` for the steps of part `name`; a stopped run goes on from its checkpoint.

    step(loop) -> (loss, figures to log); whatever it draws comes from loop.rng or torch's CPU generator, whose states
    the checkpoint holds, so a killed run and an undisturbed one make the same weights. Weights in <name>.pt: exponential average.
    """

    def __init__(self, name, network, parameters=None, average=0.998):
        self.name, self.network, self.recipe = name, network.to(device()), load()[name]
        self.parameters = list(parameters if parameters is not None else network.parameters())
        self.optimisers = optimisers(network, self.parameters, self.recipe["lr"], self.recipe["matrix_lr"])
        self.full = [[group["lr"] for group in o.param_groups] for o in self.optimisers]
        self.average, self.mean = average, [p.detach().clone() for p in self.parameters]
        self.steps, self.spent, self.figures, self.companions = 0, 0.0, {}, {}
        self.rng = np.random.default_rng(self.recipe["seed"])
        torch.manual_seed(self.recipe["seed"])
        self.path = work(f"{name}.ckpt")

    @property
    def progress(self):
        return self.steps / self.recipe["steps"]

    def run(self, step, companions=None, every=25):
        """companions: name -> module or optimiser whose state belongs in the checkpoint too."""
        self.companions = companions or {}
        if os.path.exists(self.path):
            self._resume()
        begun, saved = time.time() - self.spent, time.time()
        while self.steps < self.recipe["steps"]:
            for optimiser, full in zip(self.optimisers, self.full):
                for group, lr in zip(optimiser.param_groups, full):
                    group["lr"] = lr * rate(self.progress, self.steps)
            loss, figures = step(self)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
            for optimiser in self.optimisers:
                optimiser.step()
                optimiser.zero_grad(set_to_none=True)
            self.steps, self.spent = self.steps + 1, time.time() - begun
            keep = min(self.average, self.steps / (self.steps + 20))
            torch._foreach_lerp_(self.mean, [p.detach() for p in self.parameters], 1 - keep)
            for key, value in {"loss": loss.item(), **figures}.items():
                self.figures[key] = value if self.steps < 10 else 0.98 * self.figures.get(key, value) + 0.02 * value
            if self.steps % every == 0:
                print(self.name, self.steps, f"{self.spent:.0f}s", {k: round(v, 4) for k, v in self.figures.items()}, flush=True)
            if time.time() - saved > CHECKPOINT_SECONDS:
                self._save()
                saved = time.time()
        self.load_average()
        self._save()
        print(self.name, "done", self.steps, "steps", f"{self.spent:.0f}s", flush=True)

    def load_average(self):
        with torch.no_grad():
            for p, mean in zip(self.parameters, self.mean):
                p.copy_(mean)

    def _save(self):
        """Checkpoint to go on from, and <name>.pt with averaged weights that other parts and the export read."""
        state = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        saved = {"network": state, "optimisers": [o.state_dict() for o in self.optimisers], "mean": self.mean,
                 "companions": {k: c.state_dict() for k, c in self.companions.items()}, "torch": torch.get_rng_state(),
                 "numpy": json.dumps(self.rng.bit_generator.state), "steps": self.steps, "spent": self.spent, "figures": self.figures}
        _write(saved, self.path)
        names = {id(p): n for n, p in self.network.named_parameters()}
        averaged = {names[id(p)]: mean for p, mean in zip(self.parameters, self.mean)}
        _write({k: averaged.get(k, v).cpu() for k, v in state.items()}, work(f"{self.name}.pt"))
        with open(work(f"{self.name}.json.tmp"), "w") as f:
            json.dump({"steps": self.steps, "seconds": round(self.spent), "seed": self.recipe["seed"], "done": self.progress >= 1,
                       "parameters": sum(p.numel() for p in self.parameters), "device": device().type,
                       "threads": torch.get_num_threads(), "figures": {k: round(v, 5) for k, v in self.figures.items()}}, f)
        os.replace(work(f"{self.name}.json.tmp"), work(f"{self.name}.json"))

    def _resume(self):
        saved = torch.load(self.path, weights_only=True, map_location=device())
        self.network.load_state_dict(saved["network"])
        for optimiser, state in zip(self.optimisers, saved["optimisers"]):
            optimiser.load_state_dict(state)
        for name, companion in self.companions.items():
            companion.load_state_dict(saved["companions"][name])
        torch.set_rng_state(saved["torch"].cpu())
        self.rng.bit_generator.state = json.loads(saved["numpy"])
        self.mean, self.steps, self.spent, self.figures = saved["mean"], saved["steps"], saved["spent"], saved["figures"]


def _write(state, path):
    torch.save(state, path + ".tmp")
    os.replace(path + ".tmp", path)


def noise(like):
    """Normal noise in the shape and on the device of `like`, drawn from the CPU's generator."""
    return torch.randn(like.shape).to(like.device)


def pixels(frames):
    """uint8 (…, H, W, 3) -> float (…, 3, H, W) in [-1, 1]."""
    return torch.from_numpy(np.array(frames)).movedim(-1, -3).float() / 127.5 - 1
