"""Names on standard output, of one prompt or of one a line."""

import json
import os
import sys
from argparse import Namespace
from contextlib import closing

from naming.commands import ExitStatus
from naming.settings import Settings


def print_names(given: Namespace, settings: Settings) -> int:
    """Name what is given; a line's name is printed as soon as it and those before it are there."""
    if given.lines and given.prompt is not None:
        given.fail("--lines reads prompts from standard input, so PROMPT is one too many")
    if not given.lines and given.prompt is None and sys.stdin.isatty():
        given.fail("PROMPT is required where standard input is a terminal")
    taken = None if given.taken is None else {each.strip() for each in given.taken.split(",")}
    lines = (line.rstrip(b"\r\n").decode(errors="surrogateescape") for line in sys.stdin.buffer)
    prompts = lines if given.lines else iter([_read_prompt(given.prompt)])
    # Asking a service needs no words, and naming by words no client.
    if settings.url is not None and settings.deadline_ms > 0:
        from naming.name_command.by_service import name_by_service  # noqa: PLC0415 # as above

        answers = name_by_service(prompts, settings, settings.url, taken)
    else:
        from naming.name_command.by_chain import name_by_chain  # noqa: PLC0415 # as above

        answers = name_by_chain(prompts, settings, taken)
    with closing(answers):
        for answer in answers:
            if taken is not None:
                taken.add(str(answer["name"]))
            said = json.dumps(answer, ensure_ascii=False) if given.json else answer["name"]
            print(said, flush=given.lines)
    return ExitStatus.DONE


def _read_prompt(given: str | None) -> str:
    # Python decodes arguments as the locale says, which may not know the prompt's language.
    prompt = sys.stdin.buffer.read() if given in {None, "-"} else os.fsencode(given)
    return prompt.decode(errors="surrogateescape")
