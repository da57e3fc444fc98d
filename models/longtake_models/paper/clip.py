"""CLIP's ViT-L/14 text encoder at its size (123 M parameters): 12 layers of 768, 12 heads, causal, 77 tokens of 49,408."""

import torch
from torch import Tensor, nn

from .layers import Attention

VOCABULARY, LENGTH = 49408, 77


class Layer(nn.Module):
    """Causal attention, then a feed-forward with quick GELU."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(width), Attention(width, heads)
        self.norm2, self.inner, self.outer = nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = x + self.attention(self.norm1(x), mask=mask)
        h = self.inner(self.norm2(x))
        return x + self.outer(h * torch.sigmoid(1.702 * h))


class TextEncoder(nn.Module):
    """tokens int64 (B, 77) -> embedding (B, 77, 768) in fp32."""

    def __init__(self, divisor: int = 1) -> None:
        super().__init__()
        width = 768 // divisor
        self.words, self.places = nn.Embedding(VOCABULARY // divisor, width), nn.Parameter(torch.zeros(LENGTH, width))
        self.layers = nn.ModuleList(Layer(width, 12) for _ in range(12))
        self.norm = nn.LayerNorm(width)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.words(tokens) + self.places
        # The most negative number of fp16, not -inf: a minus infinity survives no difference of two.
        mask = torch.full((LENGTH, LENGTH), -60000.0, device=tokens.device).triu(1).to(x.dtype)
        for layer in self.layers:
            x = layer(x, mask)
        return self.norm(x).float()
