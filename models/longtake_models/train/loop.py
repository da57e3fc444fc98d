"""The training loop that all parts share: a budget of steps (or of hours), warm-up and cosine, averaged weights, exact resume."""

import json
import logging
import math
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from .. import command
from ..alone import alone
from ..arrays import Array
from ..config import load, work
from ..refused import Refused
from ..whole import whole, write_json
from .kept import begun, keep
from .muon import optimisers

Step: TypeAlias = tuple[Tensor, dict[str, float]]  # loss, and figures to log
Judged: TypeAlias = Callable[[np.random.Generator], Step]  # the same of held-out clips, drawn from this generator
CHECKPOINT_SECONDS, JUDGED_SECONDS, JUDGED_BATCHES = 60, 600, 4
WARM_UP = 50
log = logging.getLogger(__package__)


def device() -> torch.device:
    """A CUDA GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def amp() -> torch.autocast:
    """bf16 arithmetic."""
    return torch.autocast(device().type, dtype=torch.bfloat16)


def rate(progress: float, step: int) -> float:
    """Share of the full learning rate: linear warm-up, then cosine to 3 %."""
    return min(1.0, (step + 1) / WARM_UP) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


def done(name: str) -> bool:
    """Has this part made all its steps?"""
    record = work(f"{name}.json")
    return record.exists() and bool(json.loads(record.read_text(encoding="utf-8")).get("done", False))


class Loop:
    """Trains `parameters` of `network` for the steps of part `name`; a stopped run goes on from its checkpoint.

    step(loop) -> (loss, figures to log); whatever it draws comes from loop.rng or torch's CPU generator, whose states
    the checkpoint holds, so a killed run and an undisturbed one make the same weights. Weights in <name>.pt: exponential average.
    If the checkpoint is gone and there are kept weights (kept.py), it goes on from those, with fresh optimisers and a new warm-up.
    """

    def __init__(self, name: str, network: nn.Module, parameters: Iterable[nn.Parameter] | None = None, average: float = 0.998) -> None:
        self.name, self.network, self.recipe = name, network.to(device()), load()[name]
        self.parameters = list(parameters if parameters is not None else network.parameters())
        self.optimisers = optimisers(network, self.parameters, self.recipe["lr"], self.recipe["matrix_lr"])
        self.full = [[group["lr"] for group in o.param_groups] for o in self.optimisers]
        self.average, self.mean = average, [p.detach().clone() for p in self.parameters]
        self.steps, self.spent = 0, 0.0  # spent: seconds of the clock
        self.worked, self.warm = 0.0, 0  # seconds of the processor; the step from which on the optimisers have warmed up
        self.held_out: list[tuple[int, int, dict[str, float]]] = []  # step, seconds of the processor, loss and figures
        self.figures: dict[str, float] = {}
        self.companions: Mapping[str, Any] = {}
        self.rng = np.random.default_rng(self.recipe["seed"])
        torch.manual_seed(self.recipe["seed"])
        self.path = work(f"{name}.ckpt")

    @property
    def progress(self) -> float:
        """0 … 1: of the steps, or of the hours if the recipe has such a limit and this machine is too slow for the steps.

        Hours are those of the processor, for a run in the background gets few of the clock's.
        """
        hours = self.recipe.get("hours")
        return max(self.steps / self.recipe["steps"], self.worked / torch.get_num_threads() / (3600 * hours) if hours else 0.0)

    def run(
        self,
        step: Callable[["Loop"], Step],
        companions: Mapping[str, Any] | None = None,
        every: int = 25,
        judged: Judged | None = None,
    ) -> None:
        """companions: name -> module or optimiser whose state belongs in the checkpoint too.

        judged is asked about the averaged weights every ten minutes (of the clock, one of them of work) and at the end, always about the
        same; the best are kept.
        """
        self.companions = companions or {}
        with alone(self.name):
            if self.path.exists():
                self._resume()
                log.info("%s goes on from step %d", self.name, self.steps)
            elif (kept := begun(self.name)) is not None:
                self._begin_from(*kept)
                log.info("%s begins anew from the weights that were kept at step %d", self.name, self.steps)
            self._steps(step, every, judged)
            self.load_average()
            self._judge(judged)
            self._save()
        log.info("%s done, %d steps in %.0f s", self.name, self.steps, self.spent)

    def _steps(self, step: Callable[["Loop"], Step], every: int, judged: Judged | None) -> None:
        started, saved = time.monotonic() - self.spent, time.monotonic()
        worked, looked, since = time.process_time() - self.worked, time.monotonic(), self.worked
        with command.bar(self.recipe["steps"], self.steps, self.name) as bar:
            while self.progress < 1:
                self._step(step)
                bar.update()
                self.spent, self.worked = time.monotonic() - started, time.process_time() - worked
                if time.monotonic() - looked > JUDGED_SECONDS and self.worked - since > JUDGED_SECONDS / 10:
                    self._judge(judged)
                    looked, since = time.monotonic(), self.worked
                if self.steps % every == 0:
                    log.info("%s %d %.0fs %s", self.name, self.steps, self.spent, {k: round(v, 4) for k, v in self.figures.items()})
                if time.monotonic() - saved > CHECKPOINT_SECONDS:
                    self._save()
                    saved = time.monotonic()

    def _step(self, step: Callable[["Loop"], Step]) -> None:
        for optimiser, full in zip(self.optimisers, self.full):
            for group, lr in zip(optimiser.param_groups, full):
                group["lr"] = lr * rate(self.progress, self.steps - self.warm)
        loss, figures = step(self)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        for optimiser in self.optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.steps += 1
        keep = min(self.average, self.steps / (self.steps + 20))
        torch._foreach_lerp_(self.mean, [p.detach() for p in self.parameters], 1 - keep)
        for key, value in {"loss": loss.item(), **figures}.items():
            self.figures[key] = value if self.steps < 10 else 0.98 * self.figures.get(key, value) + 0.02 * value

    def _judge(self, judged: Judged | None) -> None:
        """Asks about the averaged weights, and keeps them if they are the best so far."""
        if judged is None:
            return
        own = [p.detach().clone() for p in self.parameters]
        self.load_average()
        self.network.eval()
        with torch.no_grad(), torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            rng = np.random.default_rng(0)
            asked = [judged(rng) for _ in range(JUDGED_BATCHES)]
        self.network.train()
        found = [{"loss": loss.item(), **figures} for loss, figures in asked]
        names = dict.fromkeys(name for each in found for name in each)
        mean = {name: round(float(np.mean([each[name] for each in found if name in each])), 5) for name in names}
        self.held_out.append((self.steps, round(self.worked), mean))
        log.info("%s %d held out %s", self.name, self.steps, mean)
        if mean["loss"] <= min(before["loss"] for _, _, before in self.held_out):
            keep(self.name, self._trained(), self._record())
        with torch.no_grad():
            for p, value in zip(self.parameters, own):
                p.copy_(value)

    def load_average(self) -> None:
        with torch.no_grad():
            for p, mean in zip(self.parameters, self.mean):
                p.copy_(mean)

    def _save(self) -> None:
        """Checkpoint to go on from, and <name>.pt with averaged weights that other parts and the export read."""
        state = {k: v.detach().clone() for k, v in self.network.state_dict().items()}
        saved = {
            "network": state,
            "optimisers": [o.state_dict() for o in self.optimisers],
            "mean": self.mean,
            "companions": {k: c.state_dict() for k, c in self.companions.items()},
            "torch": torch.get_rng_state(),
            "numpy": json.dumps(self.rng.bit_generator.state),
            "steps": self.steps,
            "spent": self.spent,
            "worked": self.worked,
            "warm": self.warm,
            "held_out": self.held_out,
            "figures": self.figures,
        }
        _write(saved, self.path)
        names = {id(p): n for n, p in self.network.named_parameters()}
        averaged = {names[id(p)]: mean for p, mean in zip(self.parameters, self.mean)}
        _write({k: averaged.get(k, v).cpu() for k, v in state.items()}, work(f"{self.name}.pt"))
        write_json(work(f"{self.name}.json"), self._record())

    def _record(self) -> dict[str, Any]:
        return {
            "steps": self.steps,
            "seconds": round(self.spent),
            "processorSeconds": round(self.worked),
            "seed": self.recipe["seed"],
            "done": self.progress >= 1,
            "parameters": sum(p.numel() for p in self.parameters),
            "device": device().type,
            "threads": torch.get_num_threads(),
            "figures": {k: round(v, 5) for k, v in self.figures.items()},
            "heldOut": self.held_out,
        }

    def _trained(self) -> dict[str, Tensor]:
        """What this part trains, and its buffers; not what another part has trained and this one builds on."""
        chosen = {id(p) for p in self.parameters}
        frozen = {name for name, p in self.network.named_parameters() if id(p) not in chosen}
        return {name: value for name, value in self.network.state_dict().items() if name not in frozen}

    def _begin_from(self, state: Mapping[str, Tensor], about: Mapping[str, Any]) -> None:
        if missing := self._trained().keys() - state.keys():
            raise Refused(f"{self.name}: the kept weights lack {len(missing)} of its parameters, {min(missing)} first: take them away")
        self.network.load_state_dict(state, strict=False)
        self.mean = [p.detach().clone() for p in self.parameters]
        self.steps = self.warm = about["steps"]
        self.spent, self.worked = about["seconds"], about["processorSeconds"]
        self.held_out = [tuple(row) for row in about["heldOut"]]

    def _resume(self) -> None:
        saved = torch.load(self.path, weights_only=True, map_location=device())
        self.network.load_state_dict(saved["network"])
        for optimiser, state in zip(self.optimisers, saved["optimisers"]):
            optimiser.load_state_dict(state)
        for name, companion in self.companions.items():
            companion.load_state_dict(saved["companions"][name])
        torch.set_rng_state(saved["torch"].cpu())
        self.rng.bit_generator.state = json.loads(saved["numpy"])
        self.mean, self.steps, self.spent, self.figures = saved["mean"], saved["steps"], saved["spent"], saved["figures"]
        self.worked, self.warm, self.held_out = saved["worked"], saved["warm"], saved["held_out"]


def _write(state: object, path: Path) -> None:
    with whole(path) as beside:
        torch.save(state, beside)


def noise(like: Tensor) -> Tensor:
    """Normal noise in the shape and on the device of `like`, drawn from the CPU's generator."""
    return torch.randn(like.shape).to(like.device)


def frames_of(clips: Tensor) -> Tensor:
    """(B, C, F, H, W) -> (B F, C, H, W)."""
    return clips.transpose(1, 2).flatten(0, 1)


def pixels(frames: Array) -> Tensor:
    """uint8 (…, H, W, 3) -> float (…, 3, H, W) in [-1, 1]."""
    return torch.from_numpy(np.array(frames)).movedim(-1, -3).float() / 127.5 - 1
