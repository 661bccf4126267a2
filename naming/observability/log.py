"""The log: one line an event, readable on a terminal, JSON in a pipe."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import msgspec
import structlog


def open_log(level: str, stream: TextIO | None = None) -> structlog.typing.FilteringBoundLogger:
    """Make the service's log: readable lines on a terminal, one JSON object a line in a pipe."""
    stream = stream or sys.stderr
    on_terminal = stream.isatty()
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if on_terminal else structlog.processors.JSONRenderer(serializer=_to_json)
    )
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(stream),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=True,
    )
    return logger


def _to_json(event: object, **_: object) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()
