"""Reading a batch's results: a line a request, in no order, perhaps twice, perhaps cut."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from naming.claude.message import read_parsed
from naming.outcome import CannotName
from naming.rename.batches.packing import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from naming.rename.batches.questions import Questions

_CUSTOM_ID: Final = re.compile(rf"([0-9a-f]+){SEPARATOR}([0-9a-f]{{32}})")
_ERROR_TYPE: Final = re.compile(r"[a-z_]{1,40}")


class NoResult(Exception):
    """A line that holds no result, such as half of one."""


@dataclass(slots=True)
class Tally:
    """What the results of one batch came to. It is the meter of its replies, too."""

    succeeded: int = 0
    errored: int = 0
    expired: int = 0
    canceled: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seen: set[bytes] = field(default_factory=set)

    def heard(self, headers: Mapping[str, str]) -> None:
        """Results come without headers of their own."""

    def spent(self, tokens_in: int, tokens_out: int) -> None:
        """Take note of what a reply cost."""
        self.tokens_in += tokens_in
        self.tokens_out += tokens_out


def intent_of(line: bytes) -> str | None:
    """Tell which intent a result belongs to; None when it is of no intent of this program.

    Raises NoResult.
    """
    custom_id = _read(line)[0]
    found = _CUSTOM_ID.fullmatch(custom_id)
    return found[1] if found else None


def take(line: bytes, intent: str, questions: Questions, tally: Tally) -> None:
    """Take one result of the batch of an intent. Raises NoResult."""
    custom_id, result = _read(line)
    found = _CUSTOM_ID.fullmatch(custom_id)
    if found is None or found[1] != intent:
        raise NoResult
    key = found[2]
    if (digest := bytes.fromhex(key)) in tally.seen:
        return
    tally.seen.add(digest)
    match result.get("type"):
        case "succeeded":
            tally.succeeded += 1
            _answer(key, result.get("message"), questions, tally)
        case "canceled":
            tally.canceled += 1
            questions.free(key)
        case "expired":
            tally.expired += 1
            questions.fail(key, intent, "it expired")
        case _:
            tally.errored += 1
            questions.fail(key, intent, f"it failed ({_error_type(result)})")


def _answer(key: str, message: object, questions: Questions, tally: Tally) -> None:
    try:
        questions.keep(key, read_parsed(message, tally).text)
    except CannotName as declined:
        questions.decline(key, declined.reason)


def _read(line: bytes) -> tuple[str, dict[str, Any]]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NoResult from error
    custom_id = found.get("custom_id") if isinstance(found, dict) else None
    result = found.get("result") if isinstance(found, dict) else None
    if not isinstance(custom_id, str) or not isinstance(result, dict):
        raise NoResult
    return custom_id, result


def _error_type(result: dict[str, Any]) -> str:
    """Give the kind of an error and none of its words, which may quote the prompt."""
    found: Any = result
    for _ in range(2):
        found = found.get("error") if isinstance(found, dict) else None
    kind = found.get("type") if isinstance(found, dict) else None
    return kind if isinstance(kind, str) and _ERROR_TYPE.fullmatch(kind) else "error"
