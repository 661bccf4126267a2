"""The kind of work that a request asks for, in the words of conventional commits."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import dropwhile, takewhile
from typing import Final

from naming.names import WorkKind
from naming.request import Request
from naming.text.folding import fold
from naming.text.language import lexicons
from naming.text.tokens import UNSPACED, common_words, is_unspaced
from naming.text.word_files import words_in

WORDS_FILE: Final = "work_kinds.txt"
MAX_LOOKED_AT: Final = 300  # characters: what is asked for stands at the beginning

_PREFIX: Final = re.compile(
    r"(feat|fix|docs|chore|refactor|test|build|ci|style)(?:\([^()\n]{1,40}\))?!?: ", re.IGNORECASE
)
_WORD: Final = re.compile(rf"[{UNSPACED}]+|(?:[^\W_{UNSPACED}]|['_-](?=\w))+")


def kind_of(request: Request) -> WorkKind | None:
    """Tell the kind by the first verb that does, and by what it is done to; None if unsure."""
    text = request.named_after[:MAX_LOOKED_AT]
    if (prefix := _PREFIX.match(text)) is not None:
        said = prefix[1].lower()
        return WorkKind(said) if said in list(WorkKind) else WorkKind.CHORE
    said_words = _WORD.findall(fold(text))
    verbs, things = _verbs(), _things()
    for at, word in enumerate(said_words):
        asked = verbs.get(word) or (is_unspaced(word) and _inside(word, verbs))
        if asked == "unsure" or (at == 0 and word in words_in(WORDS_FILE, "asking")):
            return None
        if asked:
            thing = _thing(said_words[at + 1 :]) or _thing(said_words[:at]) or _inside(word, things)
            if thing is not None and asked in {"feat", "change"}:
                return WorkKind(thing)
            return None if asked == "change" else WorkKind(asked)
    return None


def _thing(following: list[str]) -> str | None:
    """Tell the kind of the thing that some words name first; small words stand around it."""
    begun = dropwhile(_small().__contains__, following)
    name = list(takewhile(lambda word: word not in _small(), begun))
    return _things().get(name[-1]) if name else None


@cache
def _small() -> frozenset[str]:
    return common_words() | words_in("languages/en.txt", "stop words")


def _inside(run: str, kinds: Mapping[str, str]) -> str | None:
    return next((kind for word, kind in kinds.items() if not word.isascii() and word in run), None)


@cache
def _verbs() -> Mapping[str, str]:
    verbs: dict[str, str] = {}
    for section in ("unsure", *WorkKind, "change"):
        for word in _folded(section):
            verbs.setdefault(word, section)
    for lexicon in lexicons().values():
        for word in lexicon.work - _small():
            verbs.setdefault(word, "change")
    return verbs


@cache
def _things() -> Mapping[str, str]:
    told = ("docs", "test", "chore")  # the kinds that are told by what is worked on
    return {word: kind for kind in told for word in _folded(f"{kind} things")}


def _folded(section: str) -> list[str]:
    return [fold(word) for word in words_in(WORDS_FILE, section)]
