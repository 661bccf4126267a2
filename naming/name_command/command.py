"""Names on standard output, of one prompt or of one a line."""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING

from naming.exit_status import ExitStatus

if TYPE_CHECKING:
    import argparse

    from naming.name_command.by_chain import ChainNamer
    from naming.name_command.by_service import ServiceNamer
    from naming.settings import Settings

# Each way of naming is imported where it is taken: asking a service needs no words, and naming by
# words no client.


def print_names(given: argparse.Namespace, settings: Settings) -> int:
    """Name what is given; the result is the exit status.

    With `--lines` each line of standard input is a prompt. Its name is printed as soon as it and
    those before it are there.
    """
    seconds = (settings.deadline_ms if given.deadline_ms is None else given.deadline_ms) / 1000
    taken = (
        None if given.taken is None else {part.strip().lower() for part in given.taken.split(",")}
    )
    lines = (line.rstrip(b"\r\n").decode(errors="surrogateescape") for line in sys.stdin.buffer)
    prompts = lines if given.lines else iter([_read_prompt(given.prompt)])
    with ExitStack() as stack:
        namer = _open_namer(stack, settings, seconds, taken)
        while some := list(islice(prompts, namer.at_once)):
            for answer in namer.name_all(some):
                if taken is not None:
                    taken.add(str(answer["name"]))
                said = json.dumps(answer, ensure_ascii=False) if given.json else answer["name"]
                print(said, flush=given.lines)
    return ExitStatus.DONE


def _open_namer(
    stack: ExitStack, settings: Settings, seconds: float, taken: set[str] | None
) -> ChainNamer | ServiceNamer:
    if settings.url is not None and seconds > 0:
        from naming.name_command.by_service import ServiceNamer  # noqa: PLC0415 # as above

        return ServiceNamer(settings, settings.url, seconds, taken)
    from naming.name_command.by_chain import ChainNamer  # noqa: PLC0415 # as above

    return ChainNamer(stack, settings, seconds, taken)


def _read_prompt(given: str) -> str:
    # Python decodes arguments as the locale says, which may be none that knows the prompt's
    # language.
    prompt = sys.stdin.buffer.read() if given == "-" else os.fsencode(given)
    return prompt.decode(errors="surrogateescape")
