"""A video in torch, segment by segment, as the platform makes it: keyframes, interpolation, decoder, upsampler."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import torch
from torch import Tensor, nn

from . import parts, sampler, text, video_decoder
from .arrays import Pictures
from .interpolator import HIGH, LOW, calls
from .latent_space import latent_space, upsampling

UPSAMPLE, LEVEL, WINDOW, HALO = 1, 5, 12, 2
KEYS, GIVEN = 8, 2  # keyframes of a segment, those of them known from the segment before
RATES = {"low": LOW, "high": HIGH}
ProfileName: TypeAlias = Literal["full", "few"]
Temporal: TypeAlias = Literal["both", "attention"] | None


@dataclass(frozen=True)
class Profile:
    """How keyframes are sampled."""

    sampler: str
    steps: int
    guidance: float
    context_guidance: float = 1.0

    @property
    def calls(self) -> int:
        """Network calls a segment that goes on from another, a batch of two counting as two."""
        return self.steps * (1 + (self.guidance != 1) + (self.context_guidance != 1))


FULL, FEW = Profile("dpm++2m", 12, 2.0, 1.5), Profile("ddim", 4, 1.0)
PROFILES: dict[ProfileName, Profile] = {"full": FULL, "few": FEW}


class Pipeline:
    """The networks of the shipped model, rounded as shipped.

    profile: "few" (the distilled denoiser) or "full"; temporal: "both", "attention" (the ablation, full profile) or None (frame-wise).
    """

    network: nn.Module
    text: nn.Module
    between_network: nn.Module
    between_calls: int
    decoder: nn.Module
    upsampler: nn.Module
    temporal: Temporal

    def __init__(self, profile: ProfileName = "few", temporal: Temporal = "both") -> None:
        self.profile, self.temporal = PROFILES[profile], temporal
        made = {
            "both": parts.student if profile == "few" else parts.text_to_video,
            "attention": parts.attention_only,
            None: parts.frame_wise,
        }[temporal]()
        self.network, self.text = made.denoiser, made.text
        self.between_network, self.between_calls, self.scale = parts.interpolation(), calls(), parts.autoencoder().scale
        self.decoder, self.image_decoder, self.upsampler = parts.video_decoder(), parts.image_decoder(), parts.upsampler()

    def denoiser(self, sample: Tensor, timestep: Tensor, *rest: Tensor) -> Tensor:
        return self.network(sample, timestep, *rest, moving=self.temporal is not None)

    def keys(self, prompt: str, segments: int, seed: int, **choices: Any) -> Tensor:
        """Keyframe latents (1, C, 6 segments + 2, h, w)."""
        return self.keys_batch([prompt], segments, [seed], **choices)

    def keys_batch(self, prompts: Sequence[str], segments: int, seeds: Sequence[int], **choices: Any) -> Tensor:
        """Many videos at once: (B, C, 6 segments + 2, h, w), in the noise of their own seeds."""
        return torch.cat(list(self.keys_by_segment(prompts, segments, seeds, **choices)), 2)

    @torch.no_grad()
    def keys_by_segment(
        self,
        prompts: Sequence[str],
        segments: int,
        seeds: Sequence[int],
        guidance: float | None = None,
        context_guidance: float | None = None,
        given: Tensor | None = None,
    ) -> Iterator[Tensor]:
        """The new keyframes of every segment; given (B, C, S, h, w): where the videos begin."""
        profile = self.profile
        guidance = profile.guidance if guidance is None else guidance
        context_guidance = profile.context_guidance if context_guidance is None else context_guidance
        noise = [torch.Generator().manual_seed(seed) for seed in seeds]
        said, nothing = self.text(text.tokens(prompts)), self.text(text.tokens([""])).expand(len(prompts), -1, -1)
        last, space = given, latent_space()
        for _ in range(segments):
            start = torch.stack([torch.randn(space.channels, KEYS, space.height, space.width, generator=g) for g in noise])
            new = sampler.keyframes(self.denoiser, start, said, nothing, profile.steps, guidance, last, context_guidance, profile.sampler)
            yield new if last is None else new[:, :, last.shape[2] :]
            last = new[:, :, -GIVEN:]

    @torch.no_grad()
    def between(self, keys: Tensor, rate: str = "high", seed: int = 0) -> Tensor:
        """keys (B, C, K, h, w) -> every frame between the first and the last key, (B, C, 4 (K - 1), h, w)."""
        noise = torch.Generator().manual_seed(seed + 1)
        return torch.cat(
            [
                sampler.interpolate(
                    self.between_network,
                    video[None],
                    torch.randn(video.shape[1] - 1, len(video), 5, *video.shape[2:], generator=noise),
                    self.between_calls,
                    RATES[rate],
                )
                for video in keys
            ]
        )

    def latents(self, keys: Tensor, seed: int) -> Tensor:
        """Keyframes at 6 fps -> 24 fps: (1, C, 4 (K - 1), h, w)."""
        return self.between(keys, "high", seed)

    def frames(self, latents: Tensor) -> Tensor:
        """(B, C, F, h, w) -> (B, 3, F, f h, f w) in [-1, 1]."""
        return self._decoded(self.decoder, latents)

    def image_frames(self, latents: Tensor) -> Tensor:
        """The same through the image decoder, frame by frame."""
        return self._decoded(self.image_decoder, latents)

    @torch.no_grad()
    def _decoded(self, decoder: nn.Module, latents: Tensor) -> Tensor:
        past = latents[:, :, :1].expand(-1, -1, video_decoder.HALO, -1, -1)
        return decoder(torch.cat([past, latents], 2) / self.scale)[:, :, video_decoder.HALO :].clamp(-1, 1)

    @torch.no_grad()
    def large(self, frames: Tensor, seed: int, video: bool = True) -> Tensor:
        """(1, 3, F, H, W) -> the upsampler's size, in windows of WINDOW after HALO frames of the past; video=False: frame-wise."""
        noise, out = torch.Generator().manual_seed(seed + 2), []
        past = torch.cat([frames[:, :, :1].expand(-1, -1, HALO, -1, -1), frames], 2)
        for k in range(0, frames.shape[2], WINDOW):
            low = past[:, :, k : k + WINDOW + HALO]
            large = (upsampling() * low.shape[3], upsampling() * low.shape[4])
            start = torch.randn(1, 3, low.shape[2], *large, generator=noise)
            made = sampler.upsample(self.upsampler, low, start, torch.randn(low.shape, generator=noise), LEVEL, UPSAMPLE, video)
            out.append(made[:, :, HALO:])
        return torch.cat(out, 2).clamp(-1, 1)


def picture(x: Tensor) -> Pictures:
    """(…, 3, H, W) in [-1, 1] -> uint8 (…, H, W, 3)."""
    return ((x.clamp(-1, 1) + 1) * 127.5).round().byte().movedim(-3, -1).numpy()
