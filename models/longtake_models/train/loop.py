"""The training loop that all parts share: budget by time, warm-up and cosine, averaged weights, resumable."""
import json
import math
import os
import time

import torch

from ..config import load, work

CHECKPOINT_SECONDS = 60
EXCHANGE_SECONDS = 20
PEER = int(os.environ.get("LONGTAKE_PEER", "-1"))      # 0 or 1 where two processes train the same part, else -1


def amp():
    """bf16 arithmetic where the CPU has it."""
    return torch.autocast("cpu", dtype=torch.bfloat16)


def progress_lr(base, progress, steps):
    return base * min(1.0, (steps + 1) / 60) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


class Loop:
    """Trains `parameters` of `network` for the minutes of part `name`; a stopped run goes on from its checkpoint.

    step() -> (loss, dict of figures to log). Weights in <name>.pt: exponential average.
    Two peers (local SGD) train on different draws and meet in the middle of their weights every EXCHANGE_SECONDS;
    peer 0 owns the checkpoint, peer 1 starts from it and leaves nothing behind.
    """

    def __init__(self, name, network, parameters=None, average=0.999, extra=None):
        self.name, self.network, self.recipe = name, network, load()[name]
        self.parameters = list(parameters if parameters is not None else network.parameters())
        self.optimiser = torch.optim.AdamW(self.parameters, lr=self.recipe["lr"], betas=(0.9, 0.99), weight_decay=0.01)
        self.average, self.mean = average, [p.detach().clone() for p in self.parameters]
        self.steps, self.spent, self.figures, self.extra = 0, 0.0, {}, extra
        self.path = work(f"{name}.ckpt")
        torch.manual_seed(self.recipe["seed"] + 1000 * max(PEER, 0))
        if os.path.exists(self.path):
            self._resume()

    def run(self, step, every=25):
        budget, begun = 60.0 * self.recipe["minutes"], time.time() - self.spent
        saved = met = time.time()
        while self.spent < budget and self.steps < self.recipe.get("steps", 10 ** 9):
            for group in self.optimiser.param_groups:
                group["lr"] = progress_lr(self.recipe["lr"], self.spent / budget, self.steps)
            loss, figures = step()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
            self.optimiser.step()
            self.optimiser.zero_grad(set_to_none=True)
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
            if PEER >= 0 and time.time() - met > EXCHANGE_SECONDS:
                self._meet()
                met = time.time()
        self._save()
        self.load_average()
        print(self.name, "done", self.steps, "steps", f"{self.spent:.0f}s", flush=True)

    def load_average(self):
        with torch.no_grad():
            for p, mean in zip(self.parameters, self.mean):
                p.copy_(mean)

    def _meet(self):
        """Leaves the weights for the other peer and goes half way to where it was last seen."""
        mine, other = (work(f"{self.name}.peer{k}") for k in (PEER, 1 - PEER))
        torch.save([p.detach() for p in self.parameters], mine + ".tmp")
        os.replace(mine + ".tmp", mine)
        if os.path.exists(other) and time.time() - os.path.getmtime(other) < 3 * EXCHANGE_SECONDS:
            with torch.no_grad():
                torch._foreach_lerp_([p.detach() for p in self.parameters], torch.load(other, weights_only=True), 0.5)

    def _save(self):
        """Checkpoint to go on from, and <name>.pt with averaged weights that other parts and the export read."""
        if PEER == 1:
            return
        torch.save({"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict(), "mean": self.mean,
                    "steps": self.steps, "spent": self.spent, "figures": self.figures}, self.path + ".tmp")
        os.replace(self.path + ".tmp", self.path)
        state = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        names = {id(p): n for n, p in self.network.named_parameters()}
        for p, mean in zip(self.parameters, self.mean):
            if id(p) in names:
                state[names[id(p)]] = mean.clone()
        torch.save(state, work(f"{self.name}.pt.tmp"))
        os.replace(work(f"{self.name}.pt.tmp"), work(f"{self.name}.pt"))
        with open(work(f"{self.name}.json"), "w") as f:
            json.dump({"steps": self.steps, "seconds": round(self.spent), "seed": self.recipe["seed"],
                       "figures": {k: round(v, 5) for k, v in self.figures.items()}}, f)

    def _resume(self):
        saved = torch.load(self.path, weights_only=True)
        self.network.load_state_dict(saved["network"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.mean = saved["mean"]
        self.steps, self.spent, self.figures = saved["steps"], saved["spent"], saved["figures"]


def pixels(frames):
    """uint8 (…, H, W, 3) -> float (…, 3, H, W) in [-1, 1]."""
    return torch.from_numpy(frames).movedim(-1, -3).float() / 127.5 - 1
