"""The trained networks, ready to run: averaged weights from the working directory, rounded to fp16 as they are shipped."""

from typing import TypeVar

import torch
from torch import Tensor, nn

from .autoencoder import Autoencoder
from .config import made
from .denoiser import ATTENTION, BOTH
from .interpolator import Interpolator, distilled
from .train.image import TextToVideo
from .train.temporal import with_image
from .upsampler import Upsampler
from .video_decoder import VideoDecoder, from_autoencoder

Network = TypeVar("Network", bound=nn.Module)


def read(name: str) -> dict[str, Tensor]:
    """State dict of a part; fails where it was not trained."""
    state: dict[str, Tensor] = torch.load(made(f"{name}.pt", f"train {name}"), weights_only=True, map_location="cpu")
    return state


def ready(network: Network, name: str) -> Network:
    network.load_state_dict(read(name))
    return rounded(network)


@torch.no_grad()
def rounded(network: Network) -> Network:
    """The network with every weight at its nearest fp16 value, still computing in fp32."""
    for p in network.parameters():
        p.copy_(p.half().float())
    return network.float().eval().requires_grad_(False)


def autoencoder() -> Autoencoder:
    return ready(Autoencoder(), "autoencoder")


def text_to_video() -> TextToVideo:
    """All temporal layers, undistilled."""
    return ready(TextToVideo(BOTH), "temporal")


def attention_only() -> TextToVideo:
    """The ablation without temporal convolutions."""
    return ready(TextToVideo(ATTENTION), "temporal_attention")


def frame_wise() -> TextToVideo:
    """The image model: temporal layers at their start, every alpha counts as 1."""
    return rounded(with_image(BOTH))


def student() -> TextToVideo:
    """The few-step keyframe denoiser."""
    return ready(TextToVideo(BOTH), "student")


def interpolation() -> Interpolator:
    """As it ships: distilled, if the recipe says so."""
    return ready(Interpolator(), "interpolation_student" if distilled() else "interpolation")


def undistilled_interpolation() -> Interpolator:
    return ready(Interpolator(), "interpolation")


def video_decoder() -> VideoDecoder:
    return ready(VideoDecoder(), "decoder")


def image_decoder() -> VideoDecoder:
    """The decoder of the autoencoder in the video decoder's clothes: its temporal layers do nothing."""
    return rounded(from_autoencoder(read("autoencoder")))


def upsampler() -> Upsampler:
    return ready(Upsampler(), "upsampler")
