"""What redaction makes of a text, in one word each."""

from __future__ import annotations

from naming import secrets


def redact(text: str) -> str:
    return secrets.redact(text).text


def leaks(answer: str, prompt: str) -> bool:
    return secrets.redact(prompt).is_repeated_in(answer)
