"""From a passage to a display name: openers and closers off, cut where a phrase ends, nothing left hanging."""

from __future__ import annotations

import re
from typing import Final

from naming.characters import cut, one_line
from naming.names import MAX_DISPLAY_LENGTH
from naming.sanitize.blocks import plain
from naming.sanitize.openers import (
    ADDRESSED,
    AFTER_ROLE,
    ARTICLE,
    CLOSER,
    CLOSER_WORDS,
    FLATTERY,
    GREETING,
    INTRO,
    LABEL,
    LOWER_CASE_NAMES,
    OPENER,
    PERSONA,
    PLACEHOLDER,
    QUESTION,
    ROLE_ENDS,
    ROLE_WORDS,
    USER_STORY,
)
from naming.sanitize.words import stop_words_of, tokens

MAX_OPENERS: Final = 12
"""`Hi, so please can you help me to …`: more than this is not a request any more."""

LONGEST_CLOSER: Final = 60
"""Characters from the end of a line in which politeness is looked for."""

SHORTEST: Final = 30
"""Characters a display name keeps at least when it is cut at the end of a phrase."""

_LEADING: Final = re.compile(r"^(?:[\s\-–—*•>#=+@~|\\/:;,.!?)\]}、。，！？：]+(?=\S)|[\"“”«»]+(?=[^\"“”«»]*$))")
_TAGS: Final = re.compile(
    r"^(?:\[(?:hold[^\]]{0,60}|\$\d+[^\]]{0,10}|due[^\]]{0,40}|paid[^\]]{0,60})\]\s*)+", re.IGNORECASE
)
# /root/data/orders.csv, C:\\Users\\me\\main.py: a name shows which file, not where somebody keeps it.
_PATH: Final = re.compile(
    r"(?<![\w.:/\\])(?:~?/(?:[\w.@+-]{1,60}/){1,12}|[A-Za-z]:\\(?:[\w.@+ -]{1,60}\\){0,12})([\w.@+-]{1,60})/?"
)
_TRAILING: Final = re.compile(r"[\s.,:;!…、。，；：\-–—|/\\&+=*_~]+$")
_PHRASE_END: Final = re.compile(
    r"[,;:，；：、。]\s*|\s[-–—]+\s|\s\(|\s(?=(?:that|which|who|where|when|while|and|because|since|so that|in order to"
    r"|so|if|but|by"
    r"|using|based on|including|such as|without|unless|until|after|before|whose|as well as|rather than|instead of|via"
    r"|like|e\.g\.|i\.e\.|qui|que|afin|pour|para|com|mit|und|weil|damit|который|чтобы)\s)",
    re.IGNORECASE,
)
NEGATIVE_ENDS: Final = frozenset({"nicht", "pas"})
"""Stop words that turn a line around from its end: `Der Login geht nicht`."""

_PARTICLE: Final = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])[をのがにはでと]$")
_ENDS: Final = " .!?。！？"
_BRACKETS: Final = {")": "(", "]": "[", "}": "{", "）": "（", "」": "「", "】": "【"}


def without_openers(line: str) -> str:
    """Take off greetings, openers, labels and personas in front of what a line says; never all of it."""
    for _ in range(MAX_OPENERS):
        shorter = _without_one_opener(line)
        if shorter == line or not tokens(shorter):
            return line
        line = shorter
    return line


def _without_one_opener(line: str) -> str:
    if not line[:1].isalnum():
        line = ADDRESSED.sub("", line, count=1)
        line = _LEADING.sub("", _TAGS.sub("", line)) or line
    for pattern in (GREETING, LABEL, USER_STORY, PERSONA, OPENER):
        if found := pattern.match(line):
            rest = line[found.end() :].lstrip()
            return _role(rest) if pattern is PERSONA else rest
    return line


def is_generic_role(line: str) -> bool:
    """Tell whether `line` begins with a role that names no task: `a helpful assistant`, `an expert`."""
    return all(word.lower() in ROLE_WORDS for word in tokens(_role_words(line)))


def is_common_role(line: str) -> bool:
    """Tell whether `line` begins with a role that many play for many tasks: `a senior Rust engineer`."""
    words = tokens(_role_words(line))
    return not words or words[-1].lower() in ROLE_WORDS


def _role_words(line: str) -> str:
    end = ROLE_ENDS.search(line)
    return line[: end.start()] if end else line


def _role(line: str) -> str:
    """Name the role that `line` begins with; where it is one of many (`an expert`), what it is for."""
    role = _role_words(line)
    if is_generic_role(line):
        rest = AFTER_ROLE.sub("", line[len(role) :].lstrip(" ,.;:"))
        return rest if len(tokens(rest)) > 1 else ARTICLE.sub("", line, count=1)
    return AFTER_ROLE.sub("", FLATTERY.sub("", ARTICLE.sub("", role, count=1)))


def title_of(passage: str) -> str:
    """Make a display name of `passage`, not yet capitalised; empty when it holds no word."""
    line = one_line(ADDRESSED.sub("", plain(passage), count=1))
    line = _PATH.sub(r"\1", PLACEHOLDER.sub("", line) or line)
    line = without_openers(line)
    line = _without_closer(line)
    if len(line) > MAX_DISPLAY_LENGTH and (intro := INTRO.match(line)):
        line = without_openers(line[intro.end() :])
    line = _finished(_shortened(line))
    if line.endswith("?") and line.isascii() and not QUESTION.search(line):
        line = _finished(line.rstrip("? "))
    return _capitalised(line)


def _without_closer(line: str) -> str:
    if not line.rstrip(_ENDS).lower().endswith(CLOSER_WORDS):
        return line
    closer = CLOSER.search(line, max(0, len(line) - LONGEST_CLOSER))
    return line[: closer.start()] or line if closer else line


def _shortened(line: str) -> str:
    if len(line) <= MAX_DISPLAY_LENGTH:
        return line
    ends = [found.start() for found in _PHRASE_END.finditer(line, 0, MAX_DISPLAY_LENGTH + 2)]
    ends = [end for end in ends if SHORTEST <= end <= MAX_DISPLAY_LENGTH]
    return line[: ends[0]] if ends else cut(line, MAX_DISPLAY_LENGTH)


def _finished(line: str) -> str:
    """Take off what hangs: marks, open brackets and quotes, trailing stop words."""
    line = _closed(_PARTICLE.sub("", _TRAILING.sub("", line)))
    words = tokens(line)
    stops = stop_words_of([word.lower() for word in words])
    while len(words) > 1 and _hangs(words[-1], stops):
        line = _closed(_TRAILING.sub("", line[: line.rindex(words[-1])]))
        words = tokens(line)
    return one_line(line)


def _hangs(word: str, stops: frozenset[str]) -> bool:
    """Tell whether a line cannot end in `word`: it leads on to another one. `IT` in capitals is a word of its own."""
    low = word.lower().replace("’", "'")
    return (low in stops and low not in NEGATIVE_ENDS and not word.isupper()) or low.endswith("'s")


def _closed(line: str) -> str:
    """Cut `line` before a bracket that is never closed, and take off quotes that are not in pairs."""
    depth: list[int] = []
    for at, char in enumerate(line):
        if char in _BRACKETS.values():
            depth.append(at)
        elif char in _BRACKETS and depth:
            depth.pop()
    if not depth:
        return line.replace('"', "") if line.count('"') % 2 else line
    return _TRAILING.sub("", line[: depth[0]]) if depth[0] else line[1:].lstrip()


def _capitalised(line: str) -> str:
    """Begin with a capital, where the first word is an ordinary one in small letters."""
    word = line.split(" ", 1)[0].rstrip(",.;:!?")
    if word.islower() and word.replace("'", "").replace("’", "").isalpha() and word not in LOWER_CASE_NAMES:
        capital = line[0].upper()  # of some letters, such as ﬁ, two
        return capital + line[1:] if len(capital) == 1 else line
    return line
