"""Reading what the model wrote: its two fields wherever they stand, or nothing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from naming.names import WorkKind
from naming.outcome import CannotName, Reason
from naming.validation.loose_json import read_value, unescape

MAX_REPLY_LENGTH: Final = 24_576
"""Characters. An answer has about a hundred; what stands behind this many is not looked at."""

MAX_PREAMBLE_LENGTH: Final = 120
"""Characters. A longer text before the first object thinks aloud: that may be a draft."""

MAX_WRAPPINGS: Final = 6
"""Levels of objects, lists and strings around the answer; in a message of the API it is five."""

NAME_KEYS: Final = tuple(
    "name taskname slug taskslug nameslug slugname kebabname kebabcasename branchname".split()
)
DISPLAY_KEYS: Final = tuple(
    "displayname title tasktitle displaytitle humanname humanreadablename humantitle displaylabel "
    "label display".split()
)
"""What models call the fields, the likeliest first, without case, spaces, hyphens, underscores."""

_LANDMARK: Final = re.compile(
    r"""(?P<think>(?:<|◁|\[(?=/?think))(?P<close>/?)(?:\w{1,12}:)?
        (?:think(?:ing)?|thought|reasoning|reflection|scratchpad|analysis)\b[^<>\[\]◁▷]{0,80}[>▷\]]
        |<\|channel\|>\s{0,3}(?:analysis|commentary|(?P<final>final))\b)
    |(?P<escaped>\{(?=\s*+\\["n]))
    |[{\[]""",
    re.VERBOSE | re.IGNORECASE,
)
_REVISES: Final = re.compile(
    r"\b(?:final|actual(?:ly)?|better|revised|improved|corrected)\b[^{}\n]{0,40}(?::|\*\*\n)\s*"
    r"(?:```\w{0,9}\s*)?$",
    re.IGNORECASE,
)
"""What announces the answer that a model prefers to its draft."""

MAX_ANNOUNCEMENT: Final = 120  # characters in front of an object among which it may be announced

_HOLDS_JSON: Final = re.compile(r"\s*(?:\{[\"'\n]|\[\{)")
_NOT_IN_KEYS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class ReplyFields:
    """The fields as the model wrote them; at least one is there and not blank."""

    name: str | None
    display_name: str | None
    kind: WorkKind | None = None
    """The kind of work, where it was asked for and told."""

    @property
    def is_whole(self) -> bool:
        """Tell whether both fields are there."""
        return self.name is not None and self.display_name is not None


def read_reply(text: str) -> ReplyFields:
    """Find the answer in the reply's `text`.

    Raises CannotName(UNREADABLE) when it holds no complete one.

    Of several answers a whole one is better than half a one. Of equals the first counts, since
    models that answered at once go on to invent further turns; but where the reply thinks aloud
    first, the last: the earlier are drafts.
    """
    answers, thought = _answers(text[:MAX_REPLY_LENGTH])
    answers = [answer for answer in answers if answer.is_whole] or answers
    if not answers:
        raise CannotName(Reason.UNREADABLE)
    return answers[-1 if thought else 0]


def _answers(text: str) -> tuple[list[ReplyFields], bool]:
    """Collect the complete answers outside reasoning, and tell whether it came before one."""
    answers: list[ReplyFields] = []
    thought, at = False, 0
    while landmark := _LANDMARK.search(text, at):
        if landmark["think"]:
            thought = True
            # The opening tag is often left out: all before was reasoning.
            if landmark["close"] or landmark["final"]:
                answers.clear()
                at = landmark.end()
            else:
                at = _end_of_thought(text, landmark.end())
            continue
        before = text[max(at, landmark.start() - MAX_ANNOUNCEMENT) : landmark.start()]
        if landmark["escaped"]:
            value, at = read_value(unescape(text[landmark.start() :]), 0)[0], len(text)
        else:
            value, at = read_value(text, landmark.start())
        found = _unwrap(value, MAX_WRAPPINGS)
        if (answer := max(found, key=lambda each: each.is_whole, default=None)) is not None:
            long_before = landmark.start() > MAX_PREAMBLE_LENGTH
            thought = thought or (_REVISES.search(before) is not None if answers else long_before)
            answers.append(answer)
    return answers, thought


def _end_of_thought(text: str, start: int) -> int:
    marks = (mark for mark in _LANDMARK.finditer(text, start) if mark["close"] or mark["final"])
    return next((mark.end() for mark in marks), len(text))


def _unwrap(value: Any, levels: int) -> Iterator[ReplyFields]:  # noqa: ANN401 # JSON
    """Find answers in `value` and inside it, the outer before the inner."""
    if levels == 0:
        return
    inside: Iterable[Any] = ()
    if isinstance(value, str) and (start := value.find("{")) >= 0:
        inside = [read_value(value, start)[0]]
    elif isinstance(value, list):
        inside = value
    elif isinstance(value, dict):
        found = {_NOT_IN_KEYS.sub("", key.casefold()): each for key, each in value.items()}
        if _is_error(found):
            return
        inside = value.values()
        if answer := _fields(found):
            yield answer
    for each in inside:
        yield from _unwrap(each, levels - 1)


def _is_error(found: dict[str, Any]) -> bool:
    if found.get("type") == "error" or found.get("error") or found.get("errors"):
        return True
    says = not found.keys().isdisjoint({"message", "detail", "stack"})
    return says and found.keys().isdisjoint(DISPLAY_KEYS[:3])


def _fields(found: dict[str, Any]) -> ReplyFields | None:
    usable = {
        key: value
        for key, value in found.items()
        if isinstance(value, str) and value.strip() and not _HOLDS_JSON.match(value)
    }
    name = next((usable[key] for key in NAME_KEYS if key in usable), None)
    display_name = next((usable[key] for key in DISPLAY_KEYS if key in usable), None)
    if name is None and display_name is None:
        return None
    kind = usable.get("type", "").strip().casefold()
    return ReplyFields(name, display_name, WorkKind(kind) if kind in set(WorkKind) else None)
