"""Stub."""

from __future__ import annotations


def clean(prompt: str) -> str:
    """Clean."""
    return prompt[:4000].encode("utf-8", "ignore").decode("utf-8")


def for_model(text: str) -> str:
    """Bound."""
    return text[:3500]
