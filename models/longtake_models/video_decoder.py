"""The temporal decoder: the image decoder with two causal temporal convolutions in its places for them.

Frame t is made from latents t - HALO … t alone, so a segment decoded after HALO latents of the past joins exactly.
"""

from collections.abc import Mapping

from torch import Tensor, nn

from .autoencoder import Decoder
from .latent_space import latent_space
from .temporal import CausalConv

HALO = 4


class VideoDecoder(nn.Module):
    """latent (B, C, F, h, w), unscaled -> frames (B, 3, F, f h, f w)."""

    def __init__(self) -> None:
        super().__init__()
        space = latent_space()
        self.decoder = Decoder(space)
        self.temporal = nn.ModuleList([CausalConv(128, space.norms), CausalConv(96, space.norms)])

    def forward(self, latent: Tensor) -> Tensor:
        frames = latent.shape[2]
        y = self.decoder(latent.transpose(1, 2).flatten(0, 1), self.temporal, frames)
        return y.view(-1, frames, *y.shape[1:]).transpose(1, 2)

    def last_layer(self) -> Tensor:
        return self.decoder.last.weight


class PatchDiscriminator(nn.Module):
    """frames (B, 3, F, H, W) -> logits over (F', H/8, W/8): 3D convolutions see how pictures follow each other."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        layers, inner = [], 3
        for outer in (width, 2 * width, 3 * width):
            layers += [nn.Conv3d(inner, outer, (3, 4, 4), (1, 2, 2), (1, 1, 1)), nn.GroupNorm(4, outer), nn.LeakyReLU(0.2)]
            inner = outer
        self.body = nn.Sequential(*layers, nn.Conv3d(inner, 1, 3, padding=1))

    def forward(self, frames: Tensor) -> Tensor:
        return self.body(frames)


def from_autoencoder(state: Mapping[str, Tensor]) -> VideoDecoder:
    """A video decoder that starts as the image decoder of an autoencoder's state dict."""
    made = VideoDecoder()
    made.decoder.load_state_dict({k[len("decoder.") :]: v for k, v in state.items() if k.startswith("decoder.")})
    return made
