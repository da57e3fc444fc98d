"""Prompts: a word-level tokenizer in HuggingFace's file format, and a small transformer encoder.

Words outside the vocabulary become [UNK], which training makes harmless; the empty prompt (all [PAD]) is the null condition.
Condition labels are words too: `time_night`, `traffic_crowded`, … (world/captions.py) stand for exactly one value each.
"""

import functools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import Tensor, nn

from .layers import Attention, GeGlu
from .whole import write_json
from .world import captions

LENGTH, WIDTH = 24, 128
PAD, UNK = "[PAD]", "[UNK]"

# Ordinary words around the grammar's own: known, so that they are seen in training as filler and mean nothing.
FILLER = (
    "the a an of and with is are was there it this that to for while very some my your please show me video film "
    "movie scene clip camera from"
).split()


@functools.cache
def tokenizer() -> Tokenizer:
    """Lower-cases, splits at whitespace and punctuation, pads or truncates to LENGTH."""
    vocabulary = [PAD, UNK, *sorted(set(captions.words()) | set(FILLER))]
    vocabulary = list(dict.fromkeys(w for phrase in vocabulary for w in ([phrase] if phrase in (PAD, UNK) else _split(phrase))))
    made = Tokenizer(models.WordLevel({w: i for i, w in enumerate(vocabulary)}, unk_token=UNK))
    made.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.enable_truncation(LENGTH)
    made.enable_padding(length=LENGTH, pad_id=0, pad_token=PAD)
    return made


def _split(word: str) -> list[str]:
    return [w for w, _ in pre_tokenizers.Whitespace().pre_tokenize_str(word)]


def save(path: Path) -> None:
    """Writes tokenizer.json."""
    write_json(path, json.loads(tokenizer().to_str()), indent=1)


def tokens(prompts: Iterable[str]) -> Tensor:
    """int64 (B, LENGTH)."""
    return torch.tensor([e.ids for e in tokenizer().encode_batch(list(prompts))])


class TextEncoder(nn.Module):
    """tokens int64 (B, L) -> embedding (B, L, WIDTH)."""

    def __init__(self, size: int | None = None, depth: int = 2) -> None:
        super().__init__()
        self.words = nn.Embedding(size or tokenizer().get_vocab_size(), WIDTH)
        self.places = nn.Parameter(torch.randn(LENGTH, WIDTH) * 0.02)
        self.layers = nn.ModuleList(
            nn.ModuleList([nn.LayerNorm(WIDTH), Attention(WIDTH), nn.LayerNorm(WIDTH), GeGlu(WIDTH)]) for _ in range(depth)
        )
        self.norm = nn.LayerNorm(WIDTH)
        nn.init.normal_(self.words.weight, std=0.5)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.words(tokens) + self.places
        for layer in self.layers:
            norm1, attention, norm2, feed = cast(nn.ModuleList, layer)
            x = x + attention(norm1(x))
            x = x + feed(norm2(x))
        return self.norm(x)
