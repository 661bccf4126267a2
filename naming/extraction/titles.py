"""From a passage to a display name: without openers and closers, cut where a phrase ends."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from naming.extraction.cues import ENDS_AS_A_CLAUSE, ENDS_WITH_ITS_VERB, QUESTION, cue_words
from naming.extraction.openers import (
    ADDRESSED,
    AFTER_ROLE,
    ARTICLE,
    CLOSER,
    FLATTERY,
    FORBIDDEN,
    INTRO,
    LABEL,
    LABEL_REACH,
    NAMES_A_FILE,
    OPENER,
    OPENER_UNSPACED,
    PLACEHOLDER,
    ROLE_ENDS,
    ROLE_WORDS_UNSPACED,
    ROLES,
    SPACED_SCRIPTS,
    TASK_OF_ROLE,
    USER_STORY,
    USER_STORY_UNSPACED,
    VERB_COMMANDS,
    closing_words,
    greeting_in,
    role_in,
)
from naming.extraction.passages import plain
from naming.extraction.words import has_words, stop_words_of, tokens
from naming.names import MAX_DISPLAY_LENGTH
from naming.text.characters import cut, one_line
from naming.text.patterns import WordPattern, first_word, words_of_languages
from naming.text.word_files import words_in

MAX_OPENERS: Final = 12
"""`Hi, so please can you help me to …`: more than this is not a request any more."""

LONGEST_CLOSER: Final = 60
"""Characters from the end of a line in which politeness is looked for."""

SHORTEST: Final = 30
"""Characters a display name keeps at least when it is cut at the end of a phrase."""

_LEADING: Final = re.compile(
    r"^(?:[\s\-–—*•>#=+@~|\\/:;,.!?¿¡)\]}、。，！？：]+(?=\S)|[\"“”«»]+(?=[^\"“”«»]*$))"
)
_TAGS: Final = re.compile(
    r"^(?:\[(?:hold[^\]]{0,60}|\$\d+[^\]]{0,10}|due[^\]]{0,40}|paid[^\]]{0,60})\]\s*)+|^\[[^\]\n]{1,60}\]:\s+",
    re.IGNORECASE,
)
# /root/data/orders.csv, C:\\Users\\me\\main.py: a name shows which file, not where it is kept.
_PATH: Final = re.compile(
    r"(?<![\w.:/\\])(?:~?/(?:[\w.@+-]{1,60}/){1,12}|[A-Za-z]:\\(?:[\w.@+ -]{1,60}\\){0,12})"
    r"([\w.@+-]{1,60})/?"
)
_TRAILING: Final = (
    "".join(filter(str.isspace, map(chr, range(0x3001)))) + ".,:;!…、。，；：-–—|/\\&+=*_~"
)
_PHRASE_END: Final = WordPattern(r"[,;:，；：、。]\s*|\s[-–—]+\s|\s\(|\s(?={phrase starts}\s)")
_ASIDE: Final = re.compile(r"(?<=\w) \((?=[^() ]{1,40} )[^()]{1,80}\)")
_NE: Final = re.compile(r"\b(?:ne |n['’])")
"""`Le bouton ne marche plus`: then `plus` says no."""

_PARTICLES: Final = "をのがにはでと"
_BEFORE_A_PARTICLE: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
# 修复修复修复…: once is enough.
_REPEATED: Final = re.compile(r"((\S)(?!\2)[^\n]{1,15}?)(?:\1){3,}[^\n]{0,16}$")
_PAIRED: Final = re.compile(r"[()\[\]{}\"（）「」【】]")
_ASKING: Final = "?？؟ "
_ENDS: Final = " .!?。！？"
_OPEN: Final = "([{（「【"


def without_openers(line: str) -> str:
    """Take off greetings, openers, labels and personas in front of what a line says.

    Never all of it.
    """
    for _ in range(MAX_OPENERS):
        shorter = _without_one_opener(line)
        if shorter == line or not has_words(shorter):
            return line
        line = shorter
    return line


def _without_one_opener(line: str) -> str:
    if not line[:1].isalnum():
        line = _unaddressed(line)
        line = _LEADING.sub("", _TAGS.sub("", line)) or line
    head = line[:LABEL_REACH]
    if (":" in head or "：" in head) and (label := LABEL.compiled.match(line)):
        return line[label.end() :].lstrip()
    word = first_word(line)
    if end := greeting_in(line, word) or USER_STORY.end(line, word):
        return line[end:].lstrip()
    is_spaced = line[:1] < SPACED_SCRIPTS
    if not is_spaced and (story := USER_STORY_UNSPACED.compiled.match(line)):
        return line[story.end() :].lstrip()
    if role := role_in(line, word):
        return _role(line[role:].lstrip())
    end = OPENER.end(line, word) if is_spaced else _unspaced_opener(line)
    return line[end:].lstrip()


def _unspaced_opener(line: str) -> int:
    found = OPENER_UNSPACED.compiled.match(line)
    return found.end() if found else 0


@cache
def _generic_words() -> frozenset[str]:
    return words_in(ROLES, "role words") | words_in(ROLES, "roles in other languages")


def is_generic_role(line: str) -> bool:
    """Tell whether `line` begins with a role that names no task.

    `a helpful assistant`, `an expert`.
    """
    role = _role_words(line)
    return (
        all(word.lower() in _generic_words() for word in tokens(role))
        or ROLE_WORDS_UNSPACED.compiled.match(role) is not None
    )


def is_common_role(line: str) -> bool:
    """Tell whether `line` begins with a role that many play for many tasks.

    `a senior Rust engineer`.
    """
    words = tokens(_role_words(line))
    return not words or words[-1].lower() in words_in(ROLES, "role words") or is_role_abroad(line)


def is_role_abroad(line: str) -> bool:
    """Tell the same of a role in another language, where the noun may come first.

    `un experto en Python`.
    """
    role = _role_words(line)
    if ROLE_WORDS_UNSPACED.compiled.match(role):
        return True
    return not words_in(ROLES, "roles in other languages").isdisjoint(
        word.lower() for word in tokens(role)[:3]
    )


def _role_words(line: str) -> str:
    end = ROLE_ENDS.compiled.search(line)
    return line[: end.start()] if end else line


def _role(line: str) -> str:
    """Name the role that `line` begins with.

    Where it is one of many (`an expert`), what it is for.
    """
    role = _role_words(line)
    if is_common_role(line) and (task := TASK_OF_ROLE.compiled.match(line, len(role))):
        return line[task.end() :]
    if is_generic_role(line):
        rest = AFTER_ROLE.compiled.sub("", line[len(role) :].lstrip(" ,.;:"))
        return rest if len(tokens(rest)) > 1 else _without_article(line)
    return AFTER_ROLE.compiled.sub("", FLATTERY.compiled.sub("", _without_article(role)))


def _without_article(line: str) -> str:
    return line[ARTICLE.end(line, first_word(line)) :]


def title_of(passage: str) -> str:
    """Make a display name of `passage`, not yet capitalised; empty when it holds no word."""
    line = one_line(_unaddressed(plain(passage)))
    if "{" in line or "$" in line or "\\" in line:
        line = PLACEHOLDER.sub("", line) or line
    if "/" in line or "\\" in line:
        line = _PATH.sub(r"\1", line)
    if repeated := _REPEATED.match(line):
        line = repeated[1]
    said, line = line, without_openers(line)
    opened = line
    if forbidden := FORBIDDEN.end(line, first_word(line)):
        line = line[forbidden:]
    line = _without_closer(line)
    if (
        len(line) > MAX_DISPLAY_LENGTH
        and (intro := INTRO.end(line, first_word(line)))
        and not NAMES_A_FILE.search(line, 0, intro)
    ):
        line = without_openers(line[intro:])
    short = _shortened(line)
    line = _with_one_mark(_finished(short, is_whole=short == line))
    if line[-1:] in _ASKING and (
        _without_greetings(said) != opened
        if not line.isascii()
        else not QUESTION.compiled.search(line)
    ):  # what asked was the opener: `Czy możesz | dodać walidację?`
        line = _finished(line.rstrip(_ASKING))
    return _capitalised(line)


def _without_greetings(line: str) -> str:
    line = _LEADING.sub("", line)
    while end := greeting_in(line, first_word(line)):
        line = _LEADING.sub("", line[end:])
    return line


def _unaddressed(line: str) -> str:
    """Take off to whom or what a line is said, unless that says what is to be done.

    `/review the payment PR`.
    """
    if line[:1] not in "@/":
        return line
    return (
        VERB_COMMANDS.compiled.sub("", line)
        if VERB_COMMANDS.compiled.match(line)
        else ADDRESSED.sub("", line, count=1)
    )


def _without_closer(line: str) -> str:
    if not line.rstrip(_ENDS).lower().endswith(closing_words()):
        return line
    closer = CLOSER.compiled.search(line, max(0, len(line) - LONGEST_CLOSER))
    return line[: closer.start()] or line if closer else line


def _shortened(line: str) -> str:
    if len(line) > MAX_DISPLAY_LENGTH and "(" in line:
        line = _ASIDE.sub("", line)
    if len(line) <= MAX_DISPLAY_LENGTH:
        return line
    ends = [
        found.start() for found in _PHRASE_END.compiled.finditer(line, 0, MAX_DISPLAY_LENGTH + 2)
    ]
    ends = [end for end in ends if SHORTEST <= end <= MAX_DISPLAY_LENGTH]
    return line[: ends[0]] if ends else cut(line, MAX_DISPLAY_LENGTH)


def _finished(line: str, *, is_whole: bool = True) -> str:
    """Take off what hangs: marks, open brackets and quotes, trailing stop words.

    A line that `is_whole` may end with the second part of its verb, or as a clause: `Users can't
    sign up`.
    """
    line = _closed(_without_particle(line.rstrip(_TRAILING)))
    words = tokens(line)
    stops = stop_words_of([word.lower() for word in words])
    while (
        len(words) > 1
        and _hangs(words[-1], stops)
        and not (words[-1] == "plus" and _NE.search(line))
    ):
        if is_whole and (
            ENDS_WITH_ITS_VERB.compiled.search(line) or ENDS_AS_A_CLAUSE.compiled.search(line)
        ):
            break
        line = _closed(line[: line.rindex(words[-1])].rstrip(_TRAILING))
        words = tokens(line)
    return one_line(line)


def _without_particle(line: str) -> str:
    if line[-1:] in _PARTICLES and _BEFORE_A_PARTICLE.match(line[-2:-1]):
        return line[:-1]
    return line


def _with_one_mark(line: str) -> str:
    """Keep the first of the question and exclamation marks that `line` ends in."""
    return line[: len(line.rstrip("!?")) + 1]


def _hangs(word: str, stops: frozenset[str]) -> bool:
    """Tell whether a line cannot end in `word`: it leads on to another one.

    `IT` in capitals is a word of its own.
    """
    low = word.lower().replace("’", "'")
    return (
        low in stops and low not in words_of_languages("negative ends") and not word.isupper()
    ) or low.endswith("'s")


def _closed(line: str) -> str:
    """Cut `line` before a bracket that is never closed, and take off quotes without a pair."""
    if not _PAIRED.search(line):
        return line
    depth: list[int] = []
    for found in _PAIRED.finditer(line):
        if found[0] in _OPEN:
            depth.append(found.start())
        elif found[0] != '"' and depth:
            depth.pop()
    if not depth:
        return line.replace('"', "") if line.count('"') % 2 else line
    return line[: depth[0]].rstrip(_TRAILING) if depth[0] else line[1:].lstrip()


def _capitalised(line: str) -> str:
    """Begin with a capital, where the first word is an ordinary one in small letters."""
    word = line.split(" ", 1)[0].rstrip(",.;:!?")
    if (
        word.islower()
        and word.replace("'", "").replace("’", "").isalpha()
        and word not in cue_words("lower case names")
    ):
        capital = line[0].upper()  # of some letters, such as ﬁ, two
        return capital + line[1:] if len(capital) == 1 else line
    return line
