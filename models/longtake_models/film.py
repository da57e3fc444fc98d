"""A film in torch, segment by segment, as the platform makes it: keyframes, interpolation, decoder, upsampler."""
import torch

from . import parts, sampler, text, video_decoder

STEPS, BETWEEN, UPSAMPLE, LEVEL, GUIDANCE, WINDOW, HALO = 12, 5, 1, 5, 2.0, 12, 2


class Studio:
    """The networks of the shipped model, rounded as shipped."""

    def __init__(self):
        self.video, self.between, self.scale = parts.text_to_video(), parts.interpolation(), parts.autoencoder().scale
        self.decoder, self.upsampler = parts.video_decoder(), parts.upsampler()

    @torch.no_grad()
    def keys(self, prompt, segments, seed, guidance=GUIDANCE, steps=STEPS):
        """Keyframe latents (1, 8, 6 segments + 2, 8, 16)."""
        noise = torch.Generator().manual_seed(seed)
        unconditional, conditional = self.video.text(text.tokens(["", prompt])).split(1)
        film = None
        for _ in range(segments):
            given = None if film is None else film[:, :, -2:]
            start = torch.randn(1, 8, 8, 8, 16, generator=noise)
            new = sampler.keyframes(self.video.denoiser, start, conditional, unconditional, steps, guidance, given)
            film = new if film is None else torch.cat([film, new[:, :, 2:]], 2)
        return film

    @torch.no_grad()
    def latents(self, keys, seed):
        """keys (1, 8, K, h, w) -> every frame of film between the first and the last key, (1, 8, 4 (K - 1), h, w)."""
        noise = torch.Generator().manual_seed(seed + 1)
        return sampler.interpolate(self.between, keys, torch.randn(keys.shape[2] - 1, 8, 5, 8, 16, generator=noise), BETWEEN)

    @torch.no_grad()
    def frames(self, latents):
        """(1, 8, F, h, w) -> (1, 3, F, 8h, 8w) in [-1, 1]."""
        past = latents[:, :, :1].expand(-1, -1, video_decoder.HALO, -1, -1)
        return self.decoder(torch.cat([past, latents], 2) / self.scale)[:, :, video_decoder.HALO:].clamp(-1, 1)

    @torch.no_grad()
    def large(self, frames, seed):
        """(1, 3, F, 64, 128) -> (1, 3, F, 256, 512), in windows of WINDOW after HALO frames of the past."""
        noise, out = torch.Generator().manual_seed(seed + 2), []
        past = torch.cat([frames[:, :, :1].expand(-1, -1, HALO, -1, -1), frames], 2)
        for k in range(0, frames.shape[2], WINDOW):
            low = past[:, :, k:k + WINDOW + HALO]
            start = torch.randn(1, 3, low.shape[2], 256, 512, generator=noise)
            made = sampler.upsample(self.upsampler, low, start, torch.randn(low.shape, generator=noise), LEVEL, UPSAMPLE)
            out.append(made[:, :, HALO:])
        return torch.cat(out, 2).clamp(-1, 1)


def picture(x):
    """(…, 3, H, W) in [-1, 1] -> uint8 (…, H, W, 3)."""
    return ((x.clamp(-1, 1) + 1) * 127.5).round().byte().movedim(-3, -1).numpy()
