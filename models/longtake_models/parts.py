"""The trained networks, ready to run: averaged weights from the working directory, rounded to fp16 as they are shipped."""
import os

import torch

from .autoencoder import Autoencoder
from .config import work
from .denoiser import ATTENTION, BOTH
from .interpolator import Interpolator
from .train.image import TextToVideo
from .train.temporal import with_image
from .upsampler import Upsampler
from .video_decoder import VideoDecoder, from_autoencoder


def read(name):
    """State dict of a part; fails where it was not trained."""
    path = work(f"{name}.pt")
    if not os.path.exists(path):
        raise FileNotFoundError(f"{path}: the part '{name}' is not trained yet; python -m longtake_models.train {name}")
    return torch.load(path, weights_only=True, map_location="cpu")


def ready(network, name):
    network.load_state_dict(read(name))
    return rounded(network)


@torch.no_grad()
def rounded(network):
    """The network with every weight at its nearest fp16 value, still computing in fp32."""
    for p in network.parameters():
        p.copy_(p.half().float())
    return network.float().eval().requires_grad_(False)


def autoencoder():
    return ready(Autoencoder(), "autoencoder")


def text_to_video():
    """All temporal layers, undistilled."""
    return ready(TextToVideo(BOTH), "temporal")


def attention_only():
    """The ablation without temporal convolutions."""
    return ready(TextToVideo(ATTENTION), "temporal_attention")


def frame_wise():
    """The image model: temporal layers at their start, every alpha counts as 1."""
    return rounded(with_image(BOTH))


def student():
    """The few-step keyframe denoiser."""
    return ready(TextToVideo(BOTH), "student")


def interpolation():
    return ready(Interpolator(), "interpolation")


def video_decoder():
    return ready(VideoDecoder(), "decoder")


def image_decoder():
    """The decoder of the autoencoder in the video decoder's clothes: its temporal layers do nothing."""
    return rounded(from_autoencoder(read("autoencoder")))


def upsampler():
    return ready(Upsampler(), "upsampler")
