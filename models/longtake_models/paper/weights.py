"""Random weights that keep activations of order one through some hundred layers, so that fp16 holds them."""

from collections.abc import Callable
from typing import TypeVar

import torch
from torch import nn

# Last layers of residual branches: x + f(x) grows with the number of branches, and 100 branches of a tenth grow to little more than one.
BRANCH_ENDS = {"conv2", "to_out", "outer", "proj_out"}
DAMPING = 0.1
Network = TypeVar("Network", bound=nn.Module)


@torch.no_grad()
def seed(network: Network, number: int = 0) -> Network:
    """Uniform with variance 1 / fan-in for matrices and kernels, 0 for biases, 1 for norms; each parameter from the seed and its place.

    Uniform, not normal: drawn five times as fast, and 1.5 billion are wanted. Every alpha is sigmoid(0.5) = 0.62, the authors' start.
    """
    for place, (name, p) in enumerate(network.named_parameters()):
        if p.is_meta:  # counted, never run
            continue
        if p.dim() < 2:
            p.fill_(0.5 if name.endswith("mix") else 1.0 if name.endswith("weight") else 0.0)
            continue
        looked_up = name.endswith(("words.weight", "noise.weight", "places"))
        fan_in = 1 if looked_up else p[0].numel()
        bound = (3 / fan_in) ** 0.5 * (DAMPING if set(name.split(".")) & BRANCH_ENDS else 1)
        p.uniform_(-bound, bound, generator=torch.Generator(p.device).manual_seed(number * 100_003 + place))
    return network.eval().requires_grad_(False)


def build(
    constructor: Callable[[int], Network], divisor: int = 1, dtype: torch.dtype = torch.float16, device: str = "cpu", number: int = 0
) -> Network:
    """A network made in its final type and place: never 6 GB of fp32 on the way to 3 GB of fp16."""
    with torch.device("meta"):
        network = constructor(divisor).to(dtype)
    return seed(network.to_empty(device=device), number)


def count(network: nn.Module) -> tuple[int, int]:
    """(spatial, temporal) parameters."""
    temporal = sum(p.numel() for n, p in network.named_parameters() if "temporal_" in n)
    return sum(p.numel() for p in network.parameters()) - temporal, temporal
