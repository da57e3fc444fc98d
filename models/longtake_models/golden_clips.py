"""Clips of reuse-and-diffuse over the test model `toy-reuse`, for `golden`: the network and its words as formulas, no graph.

reuse.safetensors  metadata: seed, prompts (one a clip, by commas), negative, guidance, steps, frames (M), reuse (alpha), guided (beta)
    {ddim,dpm2m}.latents (clips, 4, 6, 2, 4)        each clip's keyframes, in float32 like all of the file
    {ddim,dpm2m}.states (clips, S, 4, 6, 2, 4)      before every step
    unguided.{latents,states}                       DDIM with beta = 0
    {ddim,unguided}.without_{reversion,past,staged} latents with one of the rules switched off; unguided has nothing staged
"""

from dataclasses import replace

import numpy as np

from . import philox, reuse
from .arrays import Doubles, Floats

SHAPE = 4, 6, 2, 4
WORDS = ["[PAD]", "[UNK]", "a", "road", "by", "day", "night", "rain"]
LENGTH, WIDTH = 6, 4
STREAM = 1  # noise of keyframes
SEED = 0x1234567890ABCDEF
PROMPTS = "road by day", "a road by day", "road by night", "rain by night"
NEGATIVE = "rain"
GUIDANCE = 2.0
STEPS = 10
RULES = reuse.Rules(prompts=3, alpha=2.0, beta=0.5)
SWITCHES = "reversion", "past", "staged"


def embedded(text: str) -> Doubles:
    """Mean over the tokens, (D,)."""
    rows = np.sin(np.arange(len(WORDS) * WIDTH, dtype=np.float64)).reshape(len(WORDS), WIDTH)
    rows[0] = 0
    return rows[[WORDS.index(word) for word in text.split()]].sum(axis=0) / LENGTH


def toy(state: Doubles, time: int, text: str) -> Doubles:
    """v = 0.5 tanh(0.6 of every frame and 0.4 of the one before it) + 0.1 sin(t / 100) + 0.25 text."""
    past = np.concatenate([state[:, :1], state[:, :-1]], axis=1)
    return 0.5 * np.tanh(0.6 * state + 0.4 * past) + 0.1 * np.sin(time / 100) + 0.25 * embedded(text)[:, None, None, None]


def denoiser(prompt: str) -> reuse.Denoiser:
    def guided(state: Doubles, time: int) -> Doubles:
        steered_from = toy(state, time, NEGATIVE)
        return steered_from + GUIDANCE * (toy(state, time, prompt) - steered_from)

    return guided


def clips(rules: reuse.Rules, sampler: str) -> list[reuse.Clip]:
    fresh = [philox.frames(SHAPE, SEED, STREAM, i, i * (SHAPE[1] - 1)) for i in range(len(PROMPTS))]
    return reuse.clips([denoiser(prompt) for prompt in PROMPTS], fresh, STEPS, rules, sampler)


def tensors() -> dict[str, Floats]:
    found: dict[str, Doubles] = {}
    for name, rules, sampler in (("ddim", RULES, "ddim"), ("dpm2m", RULES, "dpm2m"), ("unguided", replace(RULES, beta=0.0), "ddim")):
        made = clips(rules, sampler)
        found[f"{name}.latents"] = np.stack([clip.latents for clip in made])
        found[f"{name}.states"] = np.stack([clip.states for clip in made])
        for switch in SWITCHES if name == "ddim" else SWITCHES[:2] if name == "unguided" else ():
            off = clips(replace(rules, **{switch: False}), sampler)
            found[f"{name}.without_{switch}"] = np.stack([clip.latents for clip in off])
    return {name: tensor.astype(np.float32) for name, tensor in found.items()}


def metadata() -> dict[str, object]:
    return {
        "seed": SEED,
        "prompts": ",".join(PROMPTS),
        "negative": NEGATIVE,
        "guidance": GUIDANCE,
        "steps": STEPS,
        "frames": RULES.prompts,
        "reuse": RULES.alpha,
        "guided": RULES.beta,
    }
