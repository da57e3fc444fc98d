"""Distils the keyframe denoiser: FEW steps without guidance instead of TEACHER steps with it, 4 network calls instead of 24.

Progressive distillation (Salimans and Ho, 2202.00512) with the guidance folded in (Meng et al., 2210.03142): from a real clip noised to
one of the student's timesteps the teacher takes its steps to the next one, under guidance; the student learns the one v that gets there.
"""
import torch

from ..config import load, work
from ..schedule import cosine, noised, trailing
from .image import TextToVideo
from .latents import Latents, soiled
from .loop import Loop, amp, device, noise
from .temporal import GIVEN, KEYS, STRIDE, context_batch

FEW, TEACHER, GUIDANCE = 4, 12, 2.0


def levels(count):
    """Timesteps of a sampler of `count` steps; None stands for clean."""
    return [int(t) for t in trailing(count)] + [None]


def coefficients(t):
    """alpha, sigma at a timestep; clean is 1, 0."""
    return (1.0, 0.0) if t is None else tuple(float(c) for c in cosine(torch.tensor(float(t), dtype=torch.float64)))


@torch.no_grad()
def guided_steps(teacher, x, text, nothing, c_s, path):
    """DDIM along the timesteps of `path` (the last may be None), guidance GUIDANCE on the prompt."""
    both, twice = torch.cat([nothing.expand_as(text), text]), torch.cat([c_s, c_s])
    for t, after in zip(path, path[1:]):
        a, s = coefficients(t)
        b, r = coefficients(after)
        with amp():
            free, said = teacher(torch.cat([x, x]), x.new_full((2 * len(x), x.shape[2]), t), both, both, twice).float().chunk(2)
        v = free + GUIDANCE * (said - free)
        x = b * (a * x - s * v) + r * (s * x + a * v)
    return x


def target(x, after, t, end):
    """The v at timestep t that one DDIM step turns x into `after` at timestep `end` with."""
    a, s = coefficients(t)
    b, r = coefficients(end)
    clean = (after - r / s * x) / (b - r / s * a)
    return (a * x - clean) / s


def train():
    part = load()["student"]
    torch.manual_seed(part["seed"])
    teacher, network, data = TextToVideo(), TextToVideo(), Latents()
    for model in (teacher, network):
        model.load_state_dict(torch.load(work("temporal.pt"), weights_only=True))
    teacher = teacher.to(device()).requires_grad_(False).eval()
    few, many, stride = levels(FEW), levels(TEACHER), TEACHER // FEW
    parameters = list(network.denoiser.parameters())      # the text encoder is shared with the teacher and stays

    def step(loop):
        clips, z = data.windows(loop.rng, part["batch"], KEYS, STRIDE)
        k = int(loop.rng.integers(FEW))
        with torch.no_grad(), amp():
            text = teacher.text(data.prompts(loop.rng, clips)).float()
            nothing = teacher.text(torch.zeros_like(data.prompts(loop.rng, clips[:1]))).float()
        c_s = context_batch(soiled(z, loop.rng), torch.from_numpy(loop.rng.choice(3, part["batch"], p=GIVEN)))
        t = z.new_full((len(z), KEYS), few[k])
        x, _ = noised(z, noise(z), t)
        after = guided_steps(teacher.denoiser, x, text, nothing, c_s, many[k * stride:(k + 1) * stride + 1])
        with amp():
            made = network.denoiser(x, t, text, text, c_s)
        error = ((made.float() - target(x, after, few[k], few[k + 1])) ** 2).mean()
        return error, {f"step{k}": error.item()}

    Loop("student", network, parameters).run(step)
