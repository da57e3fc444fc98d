"""The trained networks, ready to run: averaged weights from the working directory, rounded to fp16 as they are shipped."""
import os

import torch

from .autoencoder import Autoencoder
from .config import work
from .interpolator import Interpolator
from .train.image import TextToVideo
from .upsampler import Upsampler
from .video_decoder import VideoDecoder, from_autoencoder


def _read(*names):
    for name in names:
        if os.path.exists(work(f"{name}.pt")):
            return torch.load(work(f"{name}.pt"), weights_only=True)
    return None


def _ready(make, *names):
    torch.manual_seed(0)
    network, state = make(), _read(*names)
    if state is not None:
        network.load_state_dict(state)
    return rounded(network)


@torch.no_grad()
def rounded(network):
    """The network with every weight at its nearest fp16 value, still computing in fp32."""
    for p in network.parameters():
        p.copy_(p.half().float())
    return network.float().eval().requires_grad_(False)


def autoencoder():
    return _ready(Autoencoder, "autoencoder")


def text_to_video():
    return _ready(TextToVideo, "temporal", "image")


def interpolation():
    return _ready(Interpolator, "interpolation")


def video_decoder():
    state = _read("decoder")
    if state is not None:
        made = VideoDecoder()
        made.load_state_dict(state)
        return rounded(made)
    state = _read("autoencoder")
    return rounded(from_autoencoder(state) if state is not None else VideoDecoder())


def upsampler():
    return _ready(Upsampler, "upsampler_finish", "upsampler")
