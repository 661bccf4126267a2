"""How a title is worded, and whether titles are worded so: a small trained model.

A line is described by features: its words, the kinds of words in it (`data/title_words.txt`, in
some forty languages) and their neighbours, each marked by whether the request has it too, and a few
counts. A logistic regression over them, trained on `prompts/titles` by `benchmarks.judge`, tells
talk from titles. Its weights are text, in hundredths of a logit: `data/title_weights.txt`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.text.folding import fold
from naming.text.language import lexicons
from naming.text.tokens import MARKS, UNSPACED, common_words
from naming.text.word_files import read_sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from naming.validation.context import Candidate, RequestContext

WORDS: Final = "title_words.txt"
WEIGHTS: Final = "title_weights.txt"

MAX_WORDED: Final = 160
"""Characters of a line that are described."""

_TOKEN: Final = re.compile(
    rf"(?P<unspaced>[{UNSPACED}]+)"
    rf"|(?P<word>(?:[^\W_{UNSPACED}]|{MARKS})+(?:'[^\W\d_]+)*)|[?!:,.;…？！：，。、]+"
)
_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_DIGIT: Final = re.compile(r"\d")


class WordKinds(NamedTuple):
    """Which kinds of words a word is of."""

    words: Mapping[str, tuple[str, ...]]
    beginnings: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, tuple[str, ...]]
    longest: int
    inside: re.Pattern[str]
    """Finds words of scripts without spaces."""

    def of(self, word: str) -> tuple[str, ...]:
        """Give the kinds of a folded word, by the whole of it, its longest beginning or end."""
        if (kinds := self.words.get(word)) is not None:
            return kinds
        for length in range(min(len(word), self.longest), 1, -1):
            if (kinds := self.beginnings.get(word[:length])) is not None:
                return kinds
        for length in range(min(len(word) - 2, self.longest), 1, -1):
            if (kinds := self.endings.get(word[-length:])) is not None:
                return kinds
        return ()


@cache
def word_kinds(file: str = WORDS) -> WordKinds:
    """Read the kinds of words in `file`; the work that titles begin with is one in each."""
    words: dict[str, tuple[str, ...]] = {
        word: ("work",) for lexicon in lexicons().by_code.values() for word in lexicon.work
    }
    beginnings: dict[str, tuple[str, ...]] = {}
    endings: dict[str, tuple[str, ...]] = {}
    for kind, lines in read_sections(file).items():
        for entry in " ".join(lines).split():
            word = fold(entry.replace("_", " "))
            known = beginnings if word.endswith("*") else endings if word.startswith("*") else words
            word = word.strip("*")
            if kind not in (kinds := known.get(word, ())):
                known[word] = (*kinds, kind)
    unspaced = sorted(filter(_UNSPACED.match, words), key=len, reverse=True)
    inside = re.compile("|".join(map(re.escape, unspaced)))
    longest = max(map(len, beginnings | endings))
    return WordKinds(words, beginnings, endings, longest, inside)


@cache
def _small_words() -> frozenset[str]:
    """Give the words that say nothing about a subject, of all languages."""
    return common_words().union(*(lexicon.small for lexicon in lexicons().by_code.values()))


class Token(NamedTuple):
    """A word of a line, or a sign."""

    text: str
    kinds: tuple[str, ...]
    mark: str
    """How the request has it: `=` as it is, `~` in another form, `+` not; empty for a sign."""

    says: bool
    """Whether it is a word that says something about a subject."""


def _tokens(line: str, request: RequestContext, file: str = WORDS) -> Iterator[Token]:
    known, theirs = word_kinds(file), request.subject
    before = ""
    for found in _TOKEN.finditer(line):
        if (run := found["unspaced"]) is not None:
            for text, kinds in _cut(run, known):
                yield Token(text, kinds, "=" if text in theirs.folded else "+", len(text) > 1)
        elif (word := found["word"]) is not None:
            exact = word in (theirs.words if word.isascii() else theirs.folded)
            common = word in _small_words()
            alike = exact or (not common and request.resembles(word))
            kinds = known.of(word) + known.words.get(f"{before} {word}", ())
            yield Token(word, kinds, "=" if exact else "~" if alike else "+", not common)
        else:
            yield Token(found[0][:1], (), "", says=False)
        before = found[0]


def _cut(run: str, known: WordKinds) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Cut a run without spaces: the words in it that have kinds, and pairs of the rest."""
    at = 0
    for found in known.inside.finditer(run):
        yield from _pairs(run[at : found.start()])
        yield found[0], known.words[found[0]]
        at = found.end()
    yield from _pairs(run[at:])


def _pairs(run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((run[at : at + 2], ()) for at in range(max(len(run) - 1, min(len(run), 1))))


def features(title: Candidate, request: RequestContext) -> set[str]:
    """Describe how `title` is worded beside `request`."""
    text, line = title.text[:MAX_WORDED], title.folded[:MAX_WORDED]
    found: set[str] = set()
    kinds_found: set[str] = set()
    content = shared = told = 0
    before = token = Token("", (), "", says=False)
    for token in _tokens(line, request):
        found.add(f"{token.mark}{token.text}")
        for kind in token.kinds:
            kinds_found.add(f"{token.mark}[{kind}]")
            kinds_found.update(f"[{earlier}] [{kind}]" for earlier in before.kinds)
            if not before.text:
                kinds_found.add(f"^{token.mark}[{kind}]")
        content += token.says
        shared += token.says and token.mark != "+"
        told += token.says and (token.mark != "+" or not token.kinds)
        before = token
    kinds_found.update(f"[{kind}] $" for kind in token.kinds)
    part = "none" if not shared else "some" if shared * 2 <= content else "most"
    if not (shared or (request.length and request.is_in_script_of(text))):
        part = "incomparable"
    found |= kinds_found
    found.update(f"{each} {part}" for each in kinds_found)
    found.update(f"{each} question {request.is_question}" for each in kinds_found)
    found.update(f"sign {sign}" for sign in text if not sign.isalnum())
    found.update(
        (
            f"{token.text} $",
            f"shares {part} of {min(content, 6)}",
            f"tells {min(told, 3)} of {min(content, 6)}",
            f"shares {part} of a request of {request.length}",
            f"shares {part}, question {request.is_question}",
            f"letters {min(len(text) // 8, 6)}",
            f"words {min(len(text.split()), 6)}",
        )
    )
    if any(digit not in request.folded for digit in _DIGIT.findall(line)):
        found.add(f"new digit, question {request.is_question}")
    return found


@cache
def _weights() -> Mapping[str, int]:
    """Read the weight of each feature, in hundredths of a logit."""
    weights: dict[str, int] = {}
    for line in read_sections(WEIGHTS)["weights"]:
        weight, *features_of_weight = line.split(SEPARATOR)
        weights.update(dict.fromkeys(features_of_weight, int(weight)))
    return weights


SEPARATOR: Final = "\t"
"""Stands between a weight and its features in the file of weights."""

UNLIKELY: Final = 120
"""Hundredths of a logit from which on a line is taken for talk: evidence, not a doubt."""


def is_talk(title: Candidate, request: RequestContext) -> bool:
    """Tell whether `title` is worded as talk, and not as a title of `request`.

    A lone word of no known kind says nothing either way.
    """
    weights, found = _weights(), features(title, request)
    if "shares none of 1" in found and not any("[" in feature for feature in found):
        return False
    return weights["bias"] + sum([weights.get(feature, 0) for feature in found]) > UNLIKELY


def kinds_of(line: str, request: RequestContext, file: str = WORDS) -> set[str]:
    """Find which kinds of words in `file` a folded line has."""
    return {kind for token in _tokens(line, request, file) for kind in token.kinds}


def says_only(
    wanted: frozenset[str], line: str, request: RequestContext, *, theirs: bool = False
) -> bool:
    """Tell whether the folded `line` has words of the kinds `wanted`, and hardly another.

    Numbers and small words are none; a word of the request's is another, unless `theirs` count.
    """
    found = False
    for token in _tokens(line, request):
        if not wanted.isdisjoint(token.kinds) and (theirs or token.mark == "+" or not token.says):
            found = True
        elif token.says and not token.text.isdigit():
            return False
    return found
