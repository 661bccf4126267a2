"""Which scripts a text is written in, by weight, and which of its lines are prose at all."""

import re
from collections import Counter
from typing import Final

import regex

from naming.text.folding import MAX_LOOKED_AT

LATIN: Final = "Latin"
SCRIPTS: Final = (
    LATIN,
    *"Cyrillic Greek Arabic Hebrew Han Hangul Thai Devanagari Bengali Tamil Telugu".split(),
    *"Armenian Georgian Ethiopic Gurmukhi Gujarati Kannada Malayalam Sinhala Khmer Lao".split(),
    *"Myanmar Tibetan".split(),
)
"""Scripts that requests come in, beside kana. Letters of any other are not judged."""

SYLLABLES: Final = frozenset(
    {"Han", "Kana", "Hangul", "Thai", "Khmer", "Lao", "Myanmar", "Tibetan"}
)
LETTERS_A_WORD: Final = 2
"""Characters of a script of syllables that weigh as much as a word of letters."""

PROSE_SHARE: Final = 0.4
"""Part of a text from which on Latin words are its language and not identifiers in it."""

OTHER_SHARE: Final = 0.15
"""The same for every other script: few people paste words of one by the way."""

NATIVE_SHARE: Final = 0.3
"""Part of a title from which on another script is its own, beside Latin names of things."""

SENTENCE_WEIGHT: Final = 2 * LETTERS_A_WORD
"""What a line must weigh to be a request by itself: two words."""

SCRIPT_RUNS: Final = regex.compile(
    r"(?P<Kana>[\p{Hiragana}\p{Katakana}ー]+)|"
    + "|".join(rf"(?P<{each}>\p{{{each}}}[\p{{{each}}}\p{{M}}]*)" for each in SCRIPTS)
)
"""Finds runs in one script; a match's `lastgroup` is its name."""

_LATIN_RUN: Final = regex.compile(r"\p{Latin}[\p{Latin}\p{M}]*")
_ASCII_WORDS: Final = re.compile(r"[A-Za-z]+")
_CODE: Final = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_NOT_PROSE: Final = re.compile(
    r"`[^`\n]*`|\"[^\"\n]{0,200}\"|“[^”\n]{0,200}”|«[^»\n]{0,200}»"  # quoted words
    r"|「[^」\n]{0,200}」|『[^』\n]{0,200}』"
    r"|(?<!\S)[~./\\]*[\w.-]+[/\\][\w./\\-]+"  # paths
    r"|\b(?=\w*[A-Z\d_.:@-])(?:\w{2,9}://\S+|[\w.-]+@[\w.-]+"  # addresses
    r"|\w*[a-z][A-Z]\w*|\w+(?:[_.]\w+)+|[A-Z]{2,}\b|\w*\d\w*)",  # identifiers and abbreviations
    re.ASCII,
)
_LOG_LINE: Final = re.compile(
    r"\s*(?:[\[(<{|>#$]|\d{1,4}[-/:.]\d|\w{3} \d{1,2} |at |File \"|Traceback|Caused by"
    r"|\S*(?:Error|Exception)\b|(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|TRACE|CRITICAL)\b"
    r"|(?i:error|warning|fatal|panic)\s?:"
    r"|(?:错误|錯誤|警告|异常|異常|エラー|오류|에러|경고|ошибка|خطأ)\s?[::]"
    r"|[+-]{1,3}\s?\S|[^\w\s]{3})"
)


def weigh_scripts(text: str) -> Counter[str]:
    """Weigh the runs of `text` by their scripts: words of letters, or characters of syllables.

    Latin ones are counted at once, for speed.
    """
    if text.isascii():
        rest, latin = "", len(_ASCII_WORDS.findall(text))
    else:
        rest, latin = _LATIN_RUN.subn(" ", text)
    weights = Counter({LATIN: latin * LETTERS_A_WORD}) if latin else Counter()
    for run in () if rest.isascii() else SCRIPT_RUNS.finditer(rest):
        script = str(run.lastgroup)
        if script in SYLLABLES:
            weights[script] += len(run[0])
        elif len(run[0]) > 1:  # one letter is a sign, as in µs
            weights[script] += LETTERS_A_WORD
    return weights


def main_script(weights: Counter[str]) -> str:
    """Name the script that `weights` are of: a native one, else Latin."""
    if weights["Kana"]:
        return "Kana"
    others = Counter({script: weight for script, weight in weights.items() if script != LATIN})
    if others.total() >= weights.total() * NATIVE_SHARE:
        return others.most_common(1)[0][0]
    return LATIN


def scripts_of(prose: str, text: str) -> frozenset[str]:
    """Name the scripts of `prose` or, where it has no letters, of all the `text`; else Latin."""
    weights = weigh_scripts(prose) or weigh_scripts(text[:MAX_LOOKED_AT])
    if weights["Kana"]:  # Japanese mixes the two
        weights["Kana"] += weights["Han"]
    total = weights.total()
    found = {
        script
        for script, weight in weights.items()
        if weight >= total * (PROSE_SHARE if script == LATIN else OTHER_SHARE)
    }
    if "Kana" in found or "Hangul" in found:
        found.add("Han")
    return frozenset(found or {LATIN})


def without_names(text: str) -> str:
    """Blank out of `text` what no language owns: quotes, addresses, paths, identifiers."""
    return _NOT_PROSE.sub(" ", text)


def prose_of(text: str) -> str:
    """Pick the first line of prose that is a sentence and a question at the end, else all prose."""
    lines = _CODE.sub("\n", text[:MAX_LOOKED_AT]).splitlines()
    prose = [line for line in lines if not _LOG_LINE.match(line)]
    for at, line in enumerate(prose):
        sentence = without_names(line)
        if weigh_scripts(sentence).total() >= SENTENCE_WEIGHT:
            asks = prose[at + 1 :][-1:] if prose[-1].endswith(("?", "？")) else []
            return "\n".join([sentence, *map(without_names, asks)])
    return without_names("\n".join(prose))
