"""`python -m longtake_models.golden [--out DIR]`: tensors that prove the Java side computes what torch computes.

All float32 safetensors unless said; torch in fp32 on the fp16-rounded weights that the graphs hold. Files and tensor names:

text_encoder, keyframes, keyframes_full, interpolate, decode, upsample .safetensors
    every input of the graph by its name, and its output by its name (embedding | out | out | frames | out).
    decode: F = 6; upsample: F = 3, a 64x96 crop: the graphs are dynamic there.
keyframes_rollout.safetensors   whole sampling loops of `drive`, metadata: steps, guidance, sampler, prompt
keyframes_full_rollout.safetensors  the same of `drive-full`: DPM-Solver++(2M) under guidance
    unconditional, conditional (1, L, D)   embeddings of "" and of the prompt
    noise0, noise1 (1, C, 8, h, w)         initial noise of segments 0 and 1
    c_s0 (1, C+1, 8, h, w)                 zeros: S = 0;     latents0: segment 0
    c_s1                                   context = latents0[:, :, 6:8] in frames 0, 1;  latents1: segment 1, its first
                                           two frames overwritten by that context
interpolate_window.safetensors  metadata: steps, rate
    keys (1, C, 3, h, w), noise (2, C, 5, h, w) -> latents (1, C, 8, h, w): key, three between, key, three between
upsample_window.safetensors     metadata: steps, level
    low (1, 3, 3, h, w) clean, low_noise like low, low_noised = alpha low + sigma low_noise at level,
    noise (1, 3, 3, 64, 96) -> frames like noise (DDIM, eta 0)
samplers.safetensors            float64; no network: toy model f(x, t) = 0.3 x + 0.1 sin(t / 100), the same for eps and v
    schedule.{linear,scaled_linear,cosine,linear_zero_snr,scaled_linear_zero_snr}.{alpha,sigma} (1000,)
    trailing.{2,5,12,25} int64
    noise (4, 6) the start;  step_noise (12, 4, 6) the noise after each step for eta 1 (index = step; last unused)
    {ddim_eta0,ddim_eta1,dpm2m}.{schedule}.{eps,v} (steps, 4, 6): x after every step, 12 steps, trailing timesteps
    (zero-SNR schedules: v only, and not for dpm2m, whose lambda is infinite there)
reuse.safetensors               clips that grow out of each other: see golden_clips
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from . import command, export, golden_clips, parts, pipeline, sampler, schedule, text
from .config import clone
from .interpolator import HIGH, calls
from .latent_space import latent_space
from .train.image import TextToVideo

STEPS = 12
SCHEDULES = {
    "linear": ("linear", False),
    "scaled_linear": ("scaled_linear", False),
    "cosine": ("cosine", False),
    "linear_zero_snr": ("linear", True),
    "scaled_linear_zero_snr": ("scaled_linear", True),
}


def toy(x: Tensor, t: float) -> Tensor:
    return 0.3 * x + 0.1 * float(np.sin(t / 100))


def samplers(out: Path) -> None:
    """The mathematics without networks."""
    torch.manual_seed(11)
    found = {"noise": torch.randn(4, 6, dtype=torch.float64), "step_noise": torch.randn(STEPS, 4, 6, dtype=torch.float64)}
    for count in (2, 5, 12, 25):
        found[f"trailing.{count}"] = torch.from_numpy(schedule.trailing(count))
    for name, (kind, zero) in SCHEDULES.items():
        tables = schedule.table(kind, zero_snr=zero)
        found[f"schedule.{name}.alpha"], found[f"schedule.{name}.sigma"] = (torch.from_numpy(x) for x in tables)
        for prediction in ("v",) if zero else ("eps", "v"):
            for method in ("ddim_eta0", "ddim_eta1") if zero else ("ddim_eta0", "ddim_eta1", "dpm2m"):
                trace: list[Tensor] = []
                if method == "dpm2m":
                    sampler.dpm2m(toy, found["noise"], STEPS, prediction, tables, trace)
                else:
                    sampler.ddim(toy, found["noise"], STEPS, prediction, float(method[-1]), found["step_noise"], tables, trace)
                found[f"{method}.{name}.{prediction}"] = torch.stack(trace)
    _save(
        found,
        out,
        "samplers",
        toy="f(x,t) = 0.3*x + 0.1*sin(t/100)",
        steps=STEPS,
        beta_start=0.00085,
        beta_end=0.012,
        cosine_offset=schedule.OFFSET,
        timesteps="trailing",
    )


@torch.no_grad()
def graphs(out: Path) -> None:
    """Every graph once."""
    torch.manual_seed(12)
    for name, (network, inputs, _, output) in export.graphs().items():
        if name == "text_encoder":
            inputs = {"tokens": text.tokens(["a drive at night in heavy traffic", ""])}
        if name.startswith("keyframes"):
            inputs["timestep"] = torch.linspace(0, 999, 16).round().view(2, 8)
        if name == "decode":
            inputs["latent"] = inputs["latent"][:1].contiguous()
        if name == "upsample":
            inputs = {k: v[:1].contiguous() for k, v in inputs.items()}
        if name == "interpolate":
            inputs = {k: v[:2].contiguous() for k, v in inputs.items()}
        _save({**inputs, output: network(**inputs)}, out, name)


@torch.no_grad()
def rollout(
    out: Path, name: str, video: TextToVideo, profile: pipeline.Profile, prompt: str = "a drive at night in heavy traffic"
) -> Tensor:
    """Two segments of keyframes; returns the first."""
    torch.manual_seed(13)
    unconditional, conditional = video.text(text.tokens(["", prompt])).split(1)
    c, *cells = latent_space().shape
    noise0, noise1 = torch.randn(2, 1, c, pipeline.KEYS, *cells)
    choice: dict[str, Any] = {
        "steps": profile.steps,
        "guidance": profile.guidance,
        "context_guidance": profile.context_guidance,
        "method": profile.sampler,
    }
    first = sampler.keyframes(video.denoiser, noise0, conditional, unconditional, **choice)
    given = first[:, :, 6:8].contiguous()
    second = sampler.keyframes(video.denoiser, noise1, conditional, unconditional, given=given, **choice)
    shape = (1, c, *cells)
    _save(
        {
            "unconditional": unconditional,
            "conditional": conditional,
            "noise0": noise0,
            "noise1": noise1,
            "c_s0": sampler.context(None, 8, shape),
            "c_s1": sampler.context(given, 8, shape),
            "latents0": first,
            "latents1": second,
        },
        out,
        name,
        prompt=prompt,
        steps=profile.steps,
        guidance=profile.guidance,
        sampler=profile.sampler,
    )
    return first


@torch.no_grad()
def interpolate_window(out: Path, keys: Tensor) -> None:
    torch.manual_seed(15)
    noise = torch.randn(2, keys.shape[1], 5, *keys.shape[3:])
    _save(
        {"keys": keys, "noise": noise, "latents": sampler.interpolate(parts.interpolation(), keys, noise, calls(), HIGH)},
        out,
        "interpolate_window",
        steps=calls(),
        rate=HIGH,
    )


@torch.no_grad()
def upsample_window(out: Path, level: int = pipeline.LEVEL, steps: int = pipeline.UPSAMPLE) -> None:
    torch.manual_seed(14)
    upsampler = parts.upsampler()
    low = torch.rand(1, 3, 3, 64 // upsampler.factor, 96 // upsampler.factor) * 2 - 1
    noise = torch.randn(1, 3, 3, 64, 96)
    low_noise = torch.randn_like(low)
    alphas, sigmas = schedule.table("cosine")
    _save(
        {
            "low": low,
            "low_noise": low_noise,
            "low_noised": float(alphas[level]) * low + float(sigmas[level]) * low_noise,
            "noise": noise,
            "frames": sampler.upsample(upsampler, low, noise, low_noise, level, steps),
        },
        out,
        "upsample_window",
        steps=steps,
        level=level,
    )


def _save(tensors: Mapping[str, Tensor], out: Path, name: str, **metadata: object) -> None:
    path = out / f"{name}.safetensors"
    save_file({k: v.contiguous() for k, v in tensors.items()}, path, {k: str(v) for k, v in metadata.items()} or None)
    print(name, path.stat().st_size // 1024, "KiB", flush=True)


def main(argv: Sequence[str] | None = None) -> None:
    parser = command.parser("golden", "Writes the tensors that prove that the Java side computes what torch computes.")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="folder of the files; src/test/resources/golden of the clone if it is not given"
    )
    parser.add_argument("--only", choices=["samplers"], help="the mathematics, which needs no trained network")
    chosen = parser.parse_args(argv)
    out = chosen.out or clone("src/test/resources/golden", "--out DIR")
    if chosen.only is None:
        parts.student()  # if it is missing, nothing has been written over
        parts.text_to_video()
    out.mkdir(parents=True, exist_ok=True)
    samplers(out)
    _save({name: torch.from_numpy(made) for name, made in golden_clips.tensors().items()}, out, "reuse", **golden_clips.metadata())
    if chosen.only is None:
        graphs(out)
        first = rollout(out, "keyframes_rollout", parts.student(), pipeline.FEW)
        rollout(out, "keyframes_full_rollout", parts.text_to_video(), pipeline.FULL)
        interpolate_window(out, first[:, :, :3].contiguous())
        upsample_window(out)


if __name__ == "__main__":
    command.run(main)
