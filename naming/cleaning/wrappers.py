"""What programs put around a request: JSON, tags, comments, headings, attachments."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from naming.cleaning.bounds import CUT
from naming.text.patterns import WordPattern
from naming.text.visible import says_something
from naming.text.word_files import read_sections, words_in

WRAPPERS: Final = "cleaning/wrappers.txt"

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
        and words_in(WRAPPERS, "machines").isdisjoint(_speakers(value))
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
    return " ".join(read_sections(WRAPPERS)["request fields"]).split()


def _asked_in_each(values: Iterable[object], depth: int) -> Iterator[str]:
    said = (asked_in(each, depth - 1) for each in values if isinstance(each, _HOLDERS))
    return filter(None, said)


def _speakers(message: Mapping[str, object]) -> list[str]:
    """Give who says a message, and of which type it is: a person, a model, a picture."""
    said = [message[key] for key in _SPEAKERS if key in message]
    return [each.lower() for each in said if isinstance(each, str)]


_OPEN_TAG: Final = re.compile(
    r"^[ \t]{0,8}<([A-Za-z][A-Za-z0-9_:.-]{0,60})(?:[ \t][^<>\n]{0,300})?>", re.MULTILINE
)
_CLOSE_TAG: Final = re.compile(r"</([A-Za-z][A-Za-z0-9_:.-]{0,60})[ \t]{0,8}>")
_TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9_:.-]{0,60})(?:[ \t][^<>\n]{0,300})?>")
_NAME_PARTS: Final = re.compile(r"[_:.-]|(?<=[a-z])(?=[A-Z])")

_COMMENT: Final = re.compile(r"<!(?=--).*?(?:-->|\Z)", re.DOTALL)


def _parts(tag: str) -> list[str]:
    return [part.lower() for part in _NAME_PARTS.split(tag) if part]


def holds_request(tag: str) -> bool:
    """Tell whether a tag of this name holds what a person asks."""
    parts = _parts(tag)
    return not words_in(WRAPPERS, "request words").isdisjoint(parts) and words_in(
        WRAPPERS, "no requests"
    ).isdisjoint((*parts, tag.lower()))


def is_machine_tag(tag: str) -> bool:
    """Tell whether a tag of this name holds what a program adds: `environment_context`."""
    parts = _parts(tag)
    return not holds_request(tag) and (
        len(parts) > 1 or tag.lower() in words_in(WRAPPERS, "machine tags")
    )


def drop_wrappers(text: str) -> str:
    """Drop machine tags with what they hold, and keep what request tags hold without the tags.

    A tag that opens before the cut or closes after it goes up to the cut.
    """
    if "<" not in text:
        return text
    names = {tag[1] for tag in _TAG.finditer(text)}
    requests = set(filter(holds_request, names))
    machines = set(filter(is_machine_tag, names))
    rest = _without_tags(_without_machine_tags(text, machines) if machines else text, requests)
    if says_something(rest):
        return rest
    return _without_tags(text, requests | machines)


def _without_tags(text: str, names: set[str]) -> str:
    return _TAG.sub(lambda tag: "\n" if tag[1] in names else tag[0], text) if names else text


def _without_machine_tags(text: str, names: set[str]) -> str:
    closings: dict[str, list[int]] = {}
    for close in _CLOSE_TAG.finditer(text):
        closings.setdefault(close[1].lower(), []).append(close.end())
    cut = text.find(CUT)
    kept, at = [], 0
    for tag in _OPEN_TAG.finditer(text):
        if tag.start() < at or tag[1] not in names:
            continue
        kept.append(text[at : tag.start()])
        ends = (end for end in closings.get(tag[1].lower(), ()) if end > tag.end())
        at = next(ends, max(tag.end(), cut))
    text = "\n".join([*kept, text[at:]])
    # One that opens before the cut.
    for close in reversed(list(_CLOSE_TAG.finditer(text))):
        if close[1] in names and f"<{close[1]}" not in text:
            cut = text.rfind(CUT, 0, close.start())
            return text[: cut if cut >= 0 else close.start()] + text[close.end() :]
    return text


def drop_comments(text: str) -> str:
    """Drop `<!-- … -->`, to the end when it is never closed."""
    if "<!--" not in text:
        return text
    rest = _COMMENT.sub("", text)
    return rest if says_something(rest) else text.replace("<!--", " ").replace("-->", " ")


_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n((?:[^\n]*\n){0,40}?)---[ \t]*(?:\n|\Z)")
_TITLE_FIELD: Final = re.compile(
    r"^(?:title|name|description):[ \t]*(\S[^\n]{0,200})$", re.MULTILINE | re.IGNORECASE
)


def drop_front_matter(text: str) -> str:
    """Drop the block between `---` lines at the top; alone, what it calls itself stays."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return text
    rest = text[found.end() :]
    if says_something(rest):
        return rest
    field = _TITLE_FIELD.search(found[1])
    return field[1] if field else found[1]


_REQUEST_HEADING: Final = WordPattern(
    r"^(?:[ \t]{0,3}#{1,4}[ \t]+{request headings}\b[^\n]{0,40}|{last machine lines}[^\n]*)\n",
    WRAPPERS,
    re.MULTILINE | re.IGNORECASE,
)


def keep_from_request_heading(text: str) -> str:
    """Keep what follows the last `## My request …`: editors list open files before it.

    What follows the summary of a conversation that is continued is the request, too.
    """
    for heading in reversed(list(_REQUEST_HEADING.compiled.finditer(text))):
        if says_something(text[heading.end() :]):
            return text[heading.end() :]
    return text


_ATTACHMENT: Final = WordPattern(
    r"^[ \t]{0,8}(?:[-*][ \t])?(?:"
    r"\[{attachments}\b[^\]\n]{0,120}\]"
    r"|(?:attached|attachments?|uploaded) ?(?:files?|images?|documents?)?:[ \t]*[^\n]{0,200}"
    r"|!\[[^\]\n]{0,200}\]\([^)\n]{0,600}\)"
    r"|data:[a-z]+/[a-z0-9.+-]+;base64,\S*"
    r"|(?:{machine lines})\b[^\n]{0,400}"
    r")[ \t]*$",
    WRAPPERS,
    re.MULTILINE | re.IGNORECASE,
)
_ANNOUNCING: Final = ("[", "attach", "upload", "base64,", " conversation", "caveat:")
_INLINE_ATTACHMENT: Final = WordPattern(
    r"\[(?:image|img|pasted text|screenshot|attachment) ?#?\d{1,4}(?: [^\]\n]{0,40})?\]"
    r"|\[{machine marks}[^\]\n]{0,40}\]"
    r"|data:[a-z]{1,12}/[a-z0-9.+-]{1,40};base64,[A-Za-z0-9+/=]{0,4096}",
    WRAPPERS,
)


def drop_attachments(text: str) -> str:
    """Drop lines that announce a file or say what an agent did, and marks like `[Image #1]`."""
    low = text.lower()
    if not any(mark in low for mark in _ANNOUNCING):
        return text
    rest = _INLINE_ATTACHMENT.compiled.sub("", _ATTACHMENT.compiled.sub("", text))
    return rest if says_something(rest) else text


UNWRAP: Final = (
    open_json,
    drop_comments,
    drop_wrappers,
    drop_front_matter,
    keep_from_request_heading,
    drop_attachments,
)
"""What takes them off, in this order."""
