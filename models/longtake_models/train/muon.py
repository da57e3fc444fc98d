"""Muon (Jordan 2024; scaling of Moonlight, arXiv 2502.16982) for the weights that are matrices, AdamW for all others.

The momentum of a weight, seen as a matrix (outputs, everything else), is replaced by the nearest orthogonal one. At equal time on a
CPU the autoencoder reached 33.9 dB where AdamW reached 28.6 (decision 8).
"""

from collections.abc import Callable, Iterable, Sequence

import torch
from torch import Tensor


def orthogonal(matrix: Tensor, steps: int = 5) -> Tensor:
    """U V^T of matrix = U S V^T, roughly: Newton-Schulz iteration, quintic, tuned for speed (singular values end in 0.7 … 1.2).

    In bf16, which is enough for a direction and twice as fast.
    """
    tall = matrix.shape[0] > matrix.shape[1]
    x = (matrix.T if tall else matrix).bfloat16()
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        square = x @ x.T
        x = 3.4445 * x + (2.0315 * (square @ square) - 4.7750 * square) @ x
    return (x.T if tall else x).to(matrix.dtype)


class Muon(torch.optim.Optimizer):
    """Nesterov momentum, orthogonalised, scaled to the size of an AdamW step (0.2 sqrt(longer side))."""

    def __init__(self, parameters: Iterable[Tensor], lr: float, momentum: float = 0.95, weight_decay: float = 0.01) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        if closure is not None:
            raise ValueError("Muon takes no closure: compute the gradients before the step")
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["momentum"] = torch.zeros_like(p)
                state["momentum"].lerp_(p.grad, 1 - group["momentum"])
                ahead = p.grad.lerp(state["momentum"], group["momentum"]).reshape(len(p), -1)
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_(orthogonal(ahead).view(p.shape), alpha=-group["lr"] * 0.2 * max(ahead.shape) ** 0.5)


def optimisers(
    network: torch.nn.Module, parameters: Sequence[torch.nn.Parameter], lr: float, matrix_lr: float
) -> list[torch.optim.Optimizer]:
    """Muon for matrices and kernels, AdamW for biases, norms, embeddings and tables of places."""
    tables = {id(p) for m in network.modules() if isinstance(m, torch.nn.Embedding) for p in m.parameters()}
    tables |= {id(p) for n, p in network.named_parameters() if n.endswith("places")}
    matrices = [p for p in parameters if p.dim() >= 2 and id(p) not in tables]
    chosen = {id(p) for p in matrices}
    rest = [p for p in parameters if id(p) not in chosen]
    made: list[torch.optim.Optimizer] = []
    if matrices:
        made.append(Muon(matrices, matrix_lr))
    if rest:
        made.append(torch.optim.AdamW(rest, lr=lr, betas=(0.9, 0.99), weight_decay=0.01))
    return made
