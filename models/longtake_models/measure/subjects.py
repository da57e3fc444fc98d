"""What is measured: every stage of `drive` and of the published size, with random weights, since no time depends on them."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from .. import text
from ..denoiser import Denoiser
from ..interpolator import Interpolator
from ..latent_space import latent_space, upsampling
from ..paper import networks, weights
from ..upsampler import Upsampler
from ..video_decoder import VideoDecoder

Inputs: TypeAlias = dict[str, Tensor]


@dataclass(frozen=True)
class Subject:
    """A stage's network; `build(dtype, device)` makes it ready to run, `inputs(batch)` gives fp32 tensors by name.

    autocast: its own code keeps sensitive sums in fp32 under autocast, which the published size does by itself.
    """

    model: str
    stage: str
    build: Callable[[torch.dtype, str], nn.Module]
    inputs: Callable[[int], Inputs]
    autocast: bool = False

    def call(self, network: Callable[..., Tensor], given: Inputs, device: str, dtype: torch.dtype) -> Callable[[], Tensor]:
        """A function of no arguments that runs one step."""
        around: contextlib.AbstractContextManager[Any] = (
            torch.autocast(device, dtype) if self.autocast and dtype != torch.float32 else contextlib.nullcontext()
        )

        def run() -> Tensor:
            with torch.inference_mode(), around:
                return network(**given)

        return run


def drive() -> list[Subject]:
    """Sizes are those of one segment: 8 keys, 6 windows of 5, 24 frames and a halo of 4, a window of 12 and a halo of 2."""
    r, wide, space = torch.randn, text.WIDTH, latent_space()
    (c, *cells), low = space.shape, space.picture
    large = [side * upsampling() for side in low]

    def subject(stage: str, constructor: Callable[[], nn.Module], inputs: Callable[[int], Inputs]) -> Subject:
        def build(dtype: torch.dtype, device: str) -> nn.Module:
            return weights.seed(constructor().to(device=device, dtype=dtype))

        return Subject("drive", stage, build, inputs, autocast=True)

    return [
        subject(
            "keyframes",
            Denoiser,
            lambda b: {
                "sample": r(b, c, 8, *cells),
                "timestep": torch.full((b, 8), 500.0),
                "ctx_spatial": r(b, text.LENGTH, wide),
                "ctx_temporal": r(b, text.LENGTH, wide),
                "c_s": r(b, c + 1, 8, *cells),
            },
        ),
        subject(
            "interpolate",
            Interpolator,
            lambda b: {
                "sample": r(6 * b, c, 5, *cells),
                "timestep": torch.full((6 * b, 5), 500.0),
                "c_s": r(6 * b, c + 1, 5, *cells),
                "rate": torch.ones(6 * b),
            },
        ),
        subject("decode", VideoDecoder, lambda b: {"latent": r(b, c, 28, *cells)}),
        subject(
            "upsample",
            Upsampler,
            lambda b: {
                "sample": r(b, 3, 14, *large),
                "timestep": torch.full((b, 14), 500.0),
                "low": r(b, 3, 14, *low),
                "noise_level": torch.full((b,), 5.0),
            },
        ),
    ]


def paper(divisor: int = 1) -> list[Subject]:
    """Keyframes 4x8x40x64, decoder 8 frames of 320x512, upsampler a patch of 80x80."""

    def subject(stage: str) -> Subject:
        def build(dtype: torch.dtype, device: str) -> nn.Module:
            made = weights.build(networks.networks()[stage], divisor, dtype, device)
            # Half of PyTorch's convolutions on a GPU otherwise begin and end with a change of layout.
            return made.to(memory_format=torch.channels_last) if device == "cuda" else made  # type: ignore[call-overload]

        return Subject("paper", stage, build, lambda b: networks.inputs(stage, b, divisor))

    return [subject(stage) for stage in ("keyframes", "upsample", "decode")]


def flop(subject: Subject) -> int:
    """Work of one call of batch 1 (2 a multiply-add; matrices, convolutions and attention, as torch's counter has it).

    The published size is counted without being run; `drive` asks after autocast, which an empty device does not know, and is small.
    """
    where = "cpu" if subject.autocast else "meta"
    network = subject.build(torch.float32, where)
    given = {name: value.to(where) for name, value in subject.inputs(1).items()}
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        network(**given)
    return counter.get_total_flops()
