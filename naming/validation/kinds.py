"""The kinds of words in a line: what each tells about a title (`data/title_words.txt`)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from naming.text.folding import fold
from naming.text.language import lexicons
from naming.text.tokens import MARKS, UNSPACED, common_words, is_unspaced
from naming.text.word_files import read_sections
from naming.validation.context import RequestContext

WORDS: Final = "title_words.txt"

_TOKEN: Final = re.compile(
    rf"(?P<unspaced>[{UNSPACED}]+)"
    rf"|(?P<word>(?:[^\W_{UNSPACED}]|{MARKS})+(?:'[^\W\d_]+)*)|[?!:,.;…？！：，。、]+"
)


Kinds: TypeAlias = tuple[str, ...]
Affixes: TypeAlias = Mapping[str, list[tuple[str, Kinds]]]
"""Beginnings or endings of words by their outer two letters, the longest first."""


class WordKinds(NamedTuple):
    """Which kinds of words a word is of."""

    words: Mapping[str, Kinds]
    beginnings: Affixes
    endings: Affixes
    inside: re.Pattern[str]
    """Finds words of scripts without spaces."""

    def of(self, word: str) -> Kinds:
        """Give the kinds of a folded word, by the whole of it, its longest beginning or end."""
        if (known := self.words.get(word)) is not None:
            return known
        for beginning, kinds in self.beginnings.get(word[:2], ()):
            if word.startswith(beginning):
                return kinds
        for ending, kinds in self.endings.get(word[-2:], ()):
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return kinds
        return ()


@cache
def word_kinds(file: str = WORDS) -> WordKinds:
    """Read the kinds of words in `file`; the work that titles begin with is one in each."""
    words: dict[str, Kinds] = {
        word: ("work",) for lexicon in lexicons().values() for word in lexicon.work
    }
    beginnings: dict[str, Kinds] = {}
    endings: dict[str, Kinds] = {}
    for kind, lines in read_sections(file).items():
        for entry in " ".join(lines).split():
            word = fold(entry.replace("_", " "))
            known = beginnings if word.endswith("*") else endings if word.startswith("*") else words
            word = word.strip("*")
            if kind not in (kinds := known.get(word, ())):
                known[word] = (*kinds, kind)
    unspaced = sorted(filter(is_unspaced, words), key=len, reverse=True)
    inside = re.compile("|".join(map(re.escape, unspaced)))
    begun, ended = _by_letters(beginnings, slice(2)), _by_letters(endings, slice(-2, None))
    return WordKinds(words, begun, ended, inside)


def _by_letters(affixes: dict[str, Kinds], outer: slice) -> Affixes:
    found = defaultdict[str, list[tuple[str, Kinds]]](list)
    for affix in sorted(affixes, key=len, reverse=True):
        found[affix[outer]].append((affix, affixes[affix]))
    return found


@cache
def _small_words() -> frozenset[str]:
    """Give the words that say nothing about a subject, of all languages."""
    return common_words().union(*(lexicon.small for lexicon in lexicons().values()))


class Token(NamedTuple):
    """A word of a line, or a sign."""

    text: str
    kinds: Kinds
    mark: str
    """How the request has it: `=` as it is, `~` in another form, `+` not; empty for a sign."""

    says: bool
    """Whether it is a word that says something about a subject."""


def tokens(line: str, request: RequestContext, file: str = WORDS) -> Iterator[Token]:
    """Take a folded `line` apart, its words beside those of the request."""
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


def _cut(run: str, known: WordKinds) -> Iterator[tuple[str, Kinds]]:
    """Cut a run without spaces: the words in it that have kinds, and pairs of the rest."""
    at = 0
    for found in known.inside.finditer(run):
        yield from _pairs(run[at : found.start()])
        yield found[0], known.words[found[0]]
        at = found.end()
    yield from _pairs(run[at:])


def _pairs(run: str) -> Iterator[tuple[str, Kinds]]:
    return ((run[at : at + 2], ()) for at in range(max(len(run) - 1, min(len(run), 1))))


def kinds_of(line: str, request: RequestContext, file: str = WORDS) -> set[str]:
    """Find which kinds of words in `file` a folded line has."""
    return {kind for token in tokens(line, request, file) for kind in token.kinds}


def says_only(
    wanted: frozenset[str], line: str, request: RequestContext, *, theirs: bool = False
) -> bool:
    """Tell whether the folded `line` has words of the kinds `wanted`, and hardly another.

    Numbers and small words are none; a word of the request's is another, unless `theirs` count.
    """
    found = False
    for token in tokens(line, request):
        if not wanted.isdisjoint(token.kinds) and (theirs or token.mark == "+" or not token.says):
            found = True
        elif token.says and not token.text.isdigit():
            return False
    return found
