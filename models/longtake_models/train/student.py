"""Distils the keyframe denoiser: the steps of pipeline.FEW without guidance for those of pipeline.FULL with it, 4 network calls for 36.

Progressive distillation (distillation.py) with the guidance folded in (Meng et al., 2210.03142), that on the prompt and that on the context
(Video LDM, eq. 4). What the student makes of context frames counts nothing: nobody uses it.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from ..config import load, made
from ..pipeline import FEW, FULL
from ..schedule import noised
from ..text import tokens
from .distillation import given_frames, levels, noisy, target, way
from .image import TextToVideo
from .latents import Latents, soiled
from .loop import Loop, Step, amp, device, noise
from .temporal import GIVEN, KEYS, STRIDE, context_batch


def guided_steps(
    teacher: Callable[..., Tensor], z: Tensor, eps: Tensor, text: Tensor, nothing: Tensor, c_s: Tensor, path: Sequence[int | None]
) -> Tensor:
    """The teacher's way along `path`, guided by prompt and context."""
    said, seen = torch.cat([nothing.expand_as(text), text, text]), torch.cat([c_s, c_s, torch.zeros_like(c_s)])

    def guided(x: Tensor, t: int) -> Tensor:
        with amp():
            made = teacher(torch.cat([x, x, x]), x.new_full((3 * len(x), x.shape[2]), t), said, said, seen)
        free, asked, blind = made.float().chunk(3)
        return asked + (FULL.guidance - 1) * (asked - free) + (FULL.context_guidance - 1) * (asked - blind)

    return way(guided, z, eps, given_frames(c_s), path)


def train() -> None:
    part = load()["student"]
    torch.manual_seed(part["seed"])
    teacher, network, data = TextToVideo(), TextToVideo(), Latents()
    for model in (teacher, network):
        model.load_state_dict(torch.load(made("temporal.pt", "train temporal"), weights_only=True))
    teacher = teacher.to(device()).requires_grad_(False).eval()
    few, many, stride = levels(FEW.steps), levels(FULL.steps), FULL.steps // FEW.steps
    parameters = list(network.denoiser.parameters())  # the text encoder is shared with the teacher and stays

    def step(loop: Loop) -> Step:
        places, z = data.windows(loop.rng, part["batch"], KEYS, STRIDE)
        k = int(loop.rng.integers(FEW.steps))
        with torch.no_grad(), amp():
            text = teacher.text(data.prompts(loop.rng, places)).float()
            nothing = teacher.text(tokens([""]).to(device())).float()
        given = torch.from_numpy(loop.rng.choice(3, part["batch"], p=GIVEN))
        c_s, eps = context_batch(soiled(z, loop.rng), given), noise(z)
        x, _ = noised(z, eps, z.new_full((len(z), KEYS), noisy(few[k])))
        after = guided_steps(teacher.denoiser, z, eps, text, nothing, c_s, many[k * stride : (k + 1) * stride + 1])
        with amp():
            guess = network.denoiser(x, z.new_full((len(z), KEYS), noisy(few[k])), text, text, c_s)
        error = ((guess.float() - target(x, after, few[k], few[k + 1])) ** 2)[(~given_frames(c_s)).expand_as(guess)].mean()
        return error, {f"step{k}": error.item()}

    Loop("student", network, parameters).run(step)
