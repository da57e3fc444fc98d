"""The networks under their public names: fp32 tensors outside, the weights' own type inside, so a step's update keeps fp32 latents."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from .clip import TextEncoder
from .decoder import VideoDecoder
from .unet import VideoUnet, Widths

FRAMES, TOKENS = 8, 77


def keyframes_widths(divisor: int = 1) -> Widths:
    """SD 1.4 with temporal layers: levels 320, 640, 1280, 1280, attention at the three finer ones (Table 6)."""
    return Widths(
        levels=tuple(c // divisor for c in (320, 640, 1280, 1280)),
        attention=(True, True, True, False),
        only_text=(False,) * 4,
        enter=4,
        c_s=5,
        text=768 // divisor,
        context=128 // divisor,
        groups=32 // divisor,
    )


def upsampler_widths(divisor: int = 1) -> Widths:
    """The public SD x4 upscaler, which the paper makes video-aware: 4 noisy latents + 3 low-resolution channels, text of 1024."""
    return Widths(
        levels=tuple(c // divisor for c in (256, 512, 512, 1024)),
        attention=(False, True, True, True),
        only_text=(False, True, True, False),
        enter=7,
        c_s=3,
        text=1024 // divisor,
        context=128 // divisor,
        noise_levels=1000,
        groups=32 // divisor,
    )


class Keyframes(nn.Module):
    """sample (B, 4, T, h, w), timestep (B, T), ctx_spatial and ctx_temporal (B, 77, D), c_s (B, 5, T, h, w) -> like sample."""

    def __init__(self, divisor: int = 1) -> None:
        super().__init__()
        self.unet = VideoUnet(keyframes_widths(divisor))

    def forward(self, sample: Tensor, timestep: Tensor, ctx_spatial: Tensor, ctx_temporal: Tensor, c_s: Tensor) -> Tensor:
        dtype = self.unet.enter.weight.dtype
        return self.unet(sample.to(dtype), timestep, ctx_spatial.to(dtype), ctx_temporal.to(dtype), c_s.to(dtype)).float()


class Upsampler(nn.Module):
    """sample (B, 4, T, h, w), timestep (B, T), low (B, 3, T, h, w), noise_level (B,), prompts (B, 77, D) -> like sample."""

    def __init__(self, divisor: int = 1) -> None:
        super().__init__()
        self.unet = VideoUnet(upsampler_widths(divisor))

    def forward(
        self, sample: Tensor, timestep: Tensor, low: Tensor, noise_level: Tensor, ctx_spatial: Tensor, ctx_temporal: Tensor
    ) -> Tensor:
        dtype = self.unet.enter.weight.dtype
        low = low.to(dtype)
        return self.unet(
            torch.cat([sample.to(dtype), low], 1), timestep, ctx_spatial.to(dtype), ctx_temporal.to(dtype), low, noise_level.long()
        ).float()


def networks() -> dict[str, Callable[[int], nn.Module]]:
    """name -> constructor by divisor."""
    return {"text_encoder": TextEncoder, "keyframes": Keyframes, "decode": VideoDecoder, "upsample": Upsampler}


def inputs(
    name: str, batch: int, divisor: int = 1, dtype: torch.dtype = torch.float32, device: str = "cpu", seed: int = 0
) -> dict[str, Tensor]:
    """Inputs by tensor name, drawn from a seed; latents 4x40x64 for keyframes and decoder, an 80x80 patch for the upsampler."""
    made = torch.Generator().manual_seed(seed)

    def draw(*shape: int) -> Tensor:
        return torch.randn(shape, generator=made).to(device, dtype)

    # A tiny network (divisor > 1) is for tests: it takes tiny pictures too. Three halvings must divide them.
    h, w, patch = (40, 64, 80) if divisor == 1 else (8, 8, 16)
    time = torch.full((batch, FRAMES), 500.0, device=device)
    if name == "text_encoder":
        return {"tokens": torch.randint(0, 1000, (batch, TOKENS), generator=made).to(device)}
    if name == "keyframes":
        text = 768 // divisor
        return {
            "sample": draw(batch, 4, FRAMES, h, w),
            "timestep": time,
            "ctx_spatial": draw(batch, TOKENS, text),
            "ctx_temporal": draw(batch, TOKENS, text),
            "c_s": draw(batch, 5, FRAMES, h, w),
        }
    if name == "decode":
        return {"latent": draw(batch, 4, FRAMES, h, w)}
    text = 1024 // divisor
    return {
        "sample": draw(batch, 4, FRAMES, patch, patch),
        "timestep": time,
        "low": draw(batch, 3, FRAMES, patch, patch),
        "noise_level": torch.full((batch,), 30.0, device=device),
        "ctx_spatial": draw(batch, TOKENS, text),
        "ctx_temporal": draw(batch, TOKENS, text),
    }


OUTPUTS = {"text_encoder": "embedding", "keyframes": "out", "decode": "frames", "upsample": "out"}
