"""Prompts that are JSON: a task with its fields, or the messages of a conversation."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from naming.text.visible import says_something
from naming.text.word_files import read_sections, words_in

WORDS: Final = "cleaning/wrappers.txt"

MAX_DEPTH: Final = 8
"""Levels that are looked into: a log, its messages, one of them, its content, a part, its text."""

_HOLDERS: Final = (str, list, dict)
_SPEAKERS: Final = ("role", "from", "author", "sender", "type")


def open_json(text: str) -> str:
    """Take what a person asks out of a prompt that is JSON; any other text stays as it is."""
    ends = text.strip()
    if ends[:1] + ends[-1:] not in ("{}", "[]"):
        return text
    try:
        return asked_in(json.loads(ends)) or text
    except (ValueError, RecursionError):
        return text


def asked_in(value: object, depth: int = MAX_DEPTH) -> str:
    """Find what a person asks in JSON: all of their messages, or the first field that says it."""
    if isinstance(value, str):
        return value if says_something(value) else ""
    if not depth:
        return ""
    if isinstance(value, list):
        return "\n\n".join(_asked_in_each(value, depth))
    if (
        isinstance(value, dict)
        and value
        and words_in(WORDS, "machines").isdisjoint(_speakers(value))
    ):
        there = (value[field] for field in _fields() if field in value)
        held = [each for each in there if isinstance(each, _HOLDERS)]
        if held:
            return next(_asked_in_each(held, depth), "")
        if all(isinstance(each, dict) and _speakers(each) for each in value.values()):
            return asked_in([*value.values()], depth)  # messages by their ids
    return ""


@cache
def _fields() -> list[str]:
    return " ".join(read_sections(WORDS)["request fields"]).split()


def _asked_in_each(values: Iterable[object], depth: int) -> Iterator[str]:
    said = (asked_in(each, depth - 1) for each in values if isinstance(each, _HOLDERS))
    return filter(None, said)


def _speakers(message: Mapping[str, object]) -> list[str]:
    """Give who says a message, and of which type it is: a person, a model, a picture."""
    said = [message[key] for key in _SPEAKERS if key in message]
    return [each.lower() for each in said if isinstance(each, str)]
