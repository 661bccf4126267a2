"""Whether a display name is written in the script of the request."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import regex

from naming.text.folding import MAX_LOOKED_AT, fold
from naming.text.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

LATIN: Final = "Latin"
SCRIPTS: Final = (
    LATIN,
    *"Cyrillic Greek Arabic Hebrew Han Kana Hangul Thai Devanagari Bengali Tamil Telugu".split(),
    *"Armenian Georgian Ethiopic Gurmukhi Gujarati Kannada Malayalam Sinhala Khmer Lao Myanmar Tibetan".split(),
)
"""Scripts that requests come in. Letters of any other are not judged."""

SYLLABLES: Final = frozenset(
    {"Han", "Kana", "Hangul", "Thai", "Khmer", "Lao", "Myanmar", "Tibetan"}
)
LETTERS_A_WORD: Final = 2
"""Characters of a script of syllables that weigh as much as a word of letters."""

PROSE_SHARE: Final = 0.4
"""Part of a request that its Latin words must make up before they count as its language and not as its identifiers."""

OTHER_SHARE: Final = 0.15
"""The same for every other script: few people paste words of one by the way."""

NATIVE_SHARE: Final = 0.3
"""Part of a title from which on another script is its own and the Latin words are names of things."""

_RUNS: Final = regex.compile(
    "|".join(
        rf"(?P<{script}>[\p{{Hiragana}}\p{{Katakana}}ー]+)"
        if script == "Kana"
        else rf"(?P<{script}>\p{{{script}}}[\p{{{script}}}\p{{M}}]*)"
        for script in SCRIPTS
    )
)
_LATIN_RUN: Final = regex.compile(r"\p{Latin}[\p{Latin}\p{M}]*")
_ASCII_WORDS: Final = re.compile(r"[A-Za-z]+")
_CODE: Final = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_NOT_PROSE: Final = re.compile(
    r"`[^`\n]*`|\"[^\"\n]{0,200}\"|“[^”\n]{0,200}”|«[^»\n]{0,200}»"  # quoted words
    r"|「[^」\n]{0,200}」|『[^』\n]{0,200}』"
    r"|\w{2,9}://\S+|[\w.-]+@[\w.-]+|(?<!\S)[~./\\]*[\w.-]+[/\\][\w./\\-]+"  # addresses and paths
    r"|\b\w*[a-z][A-Z]\w*|\b\w+(?:[_.]\w+)+|\b[A-Z]{2,}\b|\b\w*\d\w*",  # identifiers and abbreviations
    re.ASCII,
)
_LOG_LINE: Final = re.compile(
    r"\s*(?:[\[(<{|>#$]|\d{1,4}[-/:.]\d|\w{3} \d{1,2} |at |File \"|Traceback|Caused by|\S*(?:Error|Exception)\b"
    r"|(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|TRACE|CRITICAL)\b|(?i:error|warning|fatal|panic)\s?:"
    r"|(?:错误|錯誤|警告|异常|異常|エラー|오류|에러|경고|ошибка|خطأ)\s?[::]"
    r"|[+-]{1,3}\s?\S|[^\w\s]{3})"
)
SENTENCE_WEIGHT: Final = 2 * LETTERS_A_WORD
"""What a line must weigh to be a request by itself: two words."""


def same_script(display_name: str, request: str) -> bool:
    """Tell whether `display_name` is written in a script that `request` is written in.

    The request's first sentence that is no log, code or quotation decides. Names taken from the
    request do not count beside words of the title's own; a title of nothing else, such as `Google`,
    is not in the language of `Исправить вход через Google`. A request without any letters is taken
    to be in a Latin script.
    """
    if display_name.isascii() and request.isascii():  # the usual case, and both can only be Latin
        return True
    theirs = Subject.read(request)
    if fold(display_name) == theirs.folded:
        return True
    accepted = _scripts_of_request(request)
    if own := _own_words(display_name, theirs):
        return _main_script(own) in accepted
    written = set(_weigh_all(display_name))
    return not written or not written.isdisjoint(accepted)


@lru_cache(maxsize=1)  # the last line of a request is often its only one, too
def without_names(text: str) -> str:
    """Blank out of `text` what no language owns.

    Quoted words, addresses, paths, identifiers, abbreviations.
    """
    return _NOT_PROSE.sub(" ", text)


def is_latin(text: str) -> bool:
    """Tell whether the letters of `text`, if it has any, are mostly Latin."""
    weights = _weigh_all(text)
    return not weights or _main_script(weights) == LATIN


def _own_words(display_name: str, request: Subject) -> Counter[str]:
    """Weigh the title's runs that do not stand in the request."""
    return _weigh(run for run in _RUNS.finditer(display_name) if not _is_theirs(run, request))


def _is_theirs(run: regex.Match[str], request: Subject) -> bool:
    word = fold(run[0])
    return (
        word in request.words
        if run.lastgroup == LATIN
        else len(word) > 1 and word in request.folded
    )


def _weigh_all(text: str) -> Counter[str]:
    """Weigh all the runs of `text`.

    The Latin ones counted at once, many times as fast, others where there are any.
    """
    if text.isascii():
        rest, latin = "", len(_ASCII_WORDS.findall(text))
    else:
        rest, latin = _LATIN_RUN.subn(" ", text)
    weights = Counter({LATIN: latin * LETTERS_A_WORD}) if latin else Counter()
    return weights if rest.isascii() else weights + _weigh(_RUNS.finditer(rest))


def _weigh(runs: Iterable[regex.Match[str]]) -> Counter[str]:
    weights: Counter[str] = Counter()
    for run in runs:
        script = str(run.lastgroup)
        if script in SYLLABLES:
            weights[script] += len(run[0])
        elif (
            script == LATIN or len(run[0]) > 1
        ):  # a single letter of another alphabet is a sign, as in µs
            weights[script] += LETTERS_A_WORD
    return weights


def _main_script(weights: Counter[str]) -> str:
    if weights["Kana"]:
        return "Kana"
    others = Counter({script: weight for script, weight in weights.items() if script != LATIN})
    if others.total() >= weights.total() * NATIVE_SHARE:
        return others.most_common(1)[0][0]
    return LATIN


def _scripts_of_request(request: str) -> set[str]:
    prose = request_prose(request)
    weights = _weigh_all(prose) or _weigh_all(request[:MAX_LOOKED_AT])
    if weights["Kana"]:  # Japanese mixes the two
        weights["Kana"] += weights["Han"]
    total = weights.total()
    accepted = {
        script
        for script, weight in weights.items()
        if weight >= total * (PROSE_SHARE if script == LATIN else OTHER_SHARE)
    }
    if "Kana" in accepted or "Hangul" in accepted:
        accepted.add("Han")
    return accepted or {LATIN}


@lru_cache(maxsize=1)
def request_prose(request: str) -> str:
    """Pick the lines that are the request.

    The first that looks like a sentence, and a question at the end.

    Where none does, they are all that is neither code nor a log.
    """
    lines = _CODE.sub("\n", request[:MAX_LOOKED_AT]).splitlines()
    prose = [without_names(line).rstrip() for line in lines if not _LOG_LINE.match(line)]
    sentences = [line for line in prose if _weigh_all(line).total() >= SENTENCE_WEIGHT]
    if not sentences:
        return "\n".join(prose)
    return "\n".join(
        [sentences[0], *(line for line in sentences[1:][-1:] if line.endswith(("?", "？")))]
    )
