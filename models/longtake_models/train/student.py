"""Distils the keyframe denoiser: the steps of pipeline.FEW without guidance for those of pipeline.FULL with it, 4 network calls for 36.

Progressive distillation (Salimans and Ho, 2202.00512) with the guidance folded in (Meng et al., 2210.03142), that on the prompt and that
on the context (Video LDM, eq. 4): from a real clip noised to one of the student's timesteps the teacher takes its steps to the next one,
under guidance; the student learns the one v that gets there. Context frames are held on their way, as the sampler holds them, and what
the student makes of them counts nothing: nobody uses it.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import torch
from torch import Tensor

from ..config import load, made
from ..pipeline import FEW, FULL
from ..schedule import cosine, noised, trailing
from ..text import tokens
from .image import TextToVideo
from .latents import Latents, soiled
from .loop import Loop, Step, amp, device, noise
from .temporal import GIVEN, KEYS, STRIDE, context_batch


def levels(count: int) -> list[int | None]:
    """Timesteps of a sampler of `count` steps; None stands for clean."""
    return [int(t) for t in trailing(count)] + [None]


def coefficients(t: int | None) -> tuple[float, float]:
    """alpha, sigma at a timestep; clean is 1, 0."""
    if t is None:
        return 1.0, 0.0
    alpha, sigma = cosine(torch.tensor(float(t), dtype=torch.float64))
    return float(alpha), float(sigma)


def noisy(t: int | None) -> int:
    """A timestep that is not clean."""
    if t is None:
        raise ValueError("a network is asked about noise, and None is clean")
    return t


def given_frames(c_s: Tensor) -> Tensor:
    """bool (B, 1, T, h, w): the mask in c_s."""
    return c_s[:, -1:].bool()


@torch.no_grad()
def guided_steps(
    teacher: Callable[..., Tensor], z: Tensor, eps: Tensor, text: Tensor, nothing: Tensor, c_s: Tensor, path: Sequence[int | None]
) -> Tensor:
    """DDIM from alpha z + sigma eps along the timesteps of `path`, guided by prompt and context; given frames stay so."""
    known = given_frames(c_s)
    a, s = coefficients(path[0])
    x = a * z + s * eps
    said, seen = torch.cat([nothing.expand_as(text), text, text]), torch.cat([c_s, c_s, torch.zeros_like(c_s)])
    for t, after in pairwise(path):
        a, s = coefficients(t)
        b, r = coefficients(after)
        with amp():
            made = teacher(torch.cat([x, x, x]), x.new_full((3 * len(x), x.shape[2]), noisy(t)), said, said, seen)
        free, asked, blind = made.float().chunk(3)
        v = asked + (FULL.guidance - 1) * (asked - free) + (FULL.context_guidance - 1) * (asked - blind)
        x = torch.where(known, b * z + r * eps, b * (a * x - s * v) + r * (s * x + a * v))
    return x


def target(x: Tensor, after: Tensor, t: int | None, end: int | None) -> Tensor:
    """The v at timestep t that one DDIM step turns x into `after` at timestep `end` with."""
    a, s = coefficients(t)
    b, r = coefficients(end)
    clean = (after - r / s * x) / (b - r / s * a)
    return (a * x - clean) / s


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
