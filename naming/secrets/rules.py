"""The rules of `naming/data/secrets`, and which of them a text needs.

A rule is tried where the text holds one of its keywords, and compiled when it is first tried. There
are more than a hundred keywords, and most texts hold so few that most rules are not tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.secrets.normalization import lowered
from naming.text.word_files import read_sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Finding(NamedTuple):
    """A secret at `start` to `end` of a text.

    `word` says its kind; it is empty where the text before has said it already (`password: …`).
    `value` is the part that nobody may see again.
    """

    start: int
    end: int
    word: str
    value: str


def holds_one_of(chars: str, text: str) -> bool:
    """Tell whether `text` holds one of `chars`; twenty times as fast as looking for one word."""
    for char in chars:  # noqa: SIM110 - `any` of a generator takes three times as long
        if char in text:
            return True
    return False


# --- reading

_FRAGMENTS: Final = "fragments"
_FRAGMENT: Final = re.compile(r"\(\?&(\w+)\)")


@dataclass(frozen=True)
class Rule:
    """Where to look, for what, and what it must be like."""

    keywords: tuple[str, ...]
    """One of them must be in the text, in small letters."""

    expression: str
    """Matched against small letters."""

    marks: str = ""
    """Of these characters, where there are any, one must be in the text."""

    check: str = ""
    """The name of the function that judges the value."""

    word: str = ""
    """What stands for the secret instead."""

    context: str = ""
    """An expression for the text before."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled."""
        return re.compile(self.expression)

    @cached_property
    def context_pattern(self) -> re.Pattern[str]:
        """The expression for the text before, compiled."""
        return re.compile(self.context)


def read_words(file: str, section: str) -> tuple[str, ...]:
    """Give the words of a section, in order."""
    return tuple(" ".join(_sections(file)[section]).split())


def word_set(file: str, section: str) -> frozenset[str]:
    """Give the words of a section, to look one up."""
    return frozenset(read_words(file, section))


def alternatives(file: str, section: str) -> str:
    """Join the lines of a section to the alternatives of an expression."""
    return "|".join(_sections(file)[section])


def _rows(file: str, section: str) -> list[list[str]]:
    """Give the columns of each line of a section; two spaces or more stand between columns."""
    return [re.split(" {2,}", entry) for entry in _sections(file)[section]]


def read_table(file: str) -> list[list[str]]:
    """Give the columns of each line of a file, whatever its section; fragments are put in."""
    fragments = _fragments(file)
    sections = [section for section in _sections(file) if section != _FRAGMENTS]
    return [
        [_filled(column, fragments) for column in row]
        for section in sections
        for row in _rows(file, section)
    ]


def read_rules(file: str) -> tuple[Rule, ...]:
    """Read the rules of a file, one a section, with a field and its value in each line."""
    fragments = _fragments(file)
    return tuple(
        _rule(dict(map(_field, lines)), fragments)
        for section, lines in _sections(file).items()
        if section != _FRAGMENTS
    )


def read_names(section: str) -> list[tuple[str, str]]:
    """Give the names of secrets: how each begins, and an expression for how it goes on."""
    return [(_spaced(start), "".join(rest)) for start, *rest in _rows("names", section)]


def _rule(fields: dict[str, str], fragments: Mapping[str, str]) -> Rule:
    return Rule(
        keywords=tuple(_spaced(word) for word in fields.pop("keywords").split("|")),
        expression=_filled(fields.pop("pattern"), fragments),
        context=_filled(fields.pop("before", ""), fragments),
        **fields,
    )


def _sections(file: str) -> Mapping[str, tuple[str, ...]]:
    return read_sections(f"secrets/{file}.txt")


def _fragments(file: str) -> dict[str, str]:
    return dict(map(_field, _sections(file).get(_FRAGMENTS, ())))


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition("  ")
    return name, value.lstrip()


def _filled(expression: str, fragments: Mapping[str, str]) -> str:
    """Put in the fragments of `expression`, and theirs."""
    while _FRAGMENT.search(expression):
        expression = _FRAGMENT.sub(lambda name: fragments[name[1]], expression)
    return expression


def _spaced(word: str) -> str:
    return word.replace("␣", " ").replace("\\u200c", "\u200c")


# --- keywords


class Scan(NamedTuple):
    """A text in small letters, and the keywords that may be in it."""

    small: str
    keywords: frozenset[str]


_WORDS: Final = frozenset(
    (
        *(start for section in ("password names", "key names") for start, _ in read_names(section)),
        *(
            keyword.strip()
            for rule in read_rules("contexts")
            for keyword in rule.keywords
            if any(map(str.isalpha, keyword))
        ),
        *read_words("names", "near names"),
    )
)
KEYWORDS: Final = tuple(
    sorted(word for word in _WORDS if not any(other in word for other in _WORDS - {word}))
)
"""The words that contain no other: `pass`, but not `passphrase`."""

_MAX_SETS: Final = 512
"""Sets of keywords for which the relevant rules are remembered. They hold our words, none of a
prompt's."""

_FREQUENT: Final = " etaoinsrh"
_BY_FREQUENCY: Final = f"{_FREQUENT}dlcumfpgwybvkxjqz"
"""The characters of English, the most frequent first. All other characters are rarer."""


def _frequency(char: str) -> int:
    at = _BY_FREQUENCY.find(char)
    return at if at >= 0 else len(_BY_FREQUENCY)


_RAREST: Final = {
    keyword: max(range(len(keyword)), key=lambda at: _frequency(keyword[at]))
    for keyword in KEYWORDS
}
"""Where the rarest letter of a keyword stands; the first of equals."""


def _may_share(keyword: str, other: str) -> bool:
    """Tell whether two keywords can share a place of their rarest letter, where one is found."""
    at, there = _RAREST[keyword], _RAREST[other]
    before, behind = min(at, there), min(len(keyword) - at, len(other) - there)
    return keyword[at - before : at + behind] == other[there - before : there + behind]


def _branch(keyword: str) -> str:
    """Give a pattern for `keyword` behind its rarest letter; the empty group says which it is."""
    return f"{re.escape(keyword[_RAREST[keyword] + 1 :])}(?<={re.escape(keyword)})()"


class _Search:
    """Finds keywords by their rarest letters, so that two places out of three need no look.

    Looking for each takes three times as long (300 characters: 16 against 5.5 µs).
    """

    def __init__(self, keywords: Iterable[str]) -> None:
        """Sort them by these letters, the most frequent first.

        A keyword that alone has a frequent rarest letter is looked for by itself.
        """
        self.meant: Final[list[list[str]]] = []
        """Which keywords there may be where group N + 1 takes part."""
        self.alone: Final[list[str]] = []
        """Keywords that are looked for one by one."""
        branches = []
        ordered = sorted(
            keywords, key=lambda keyword: (_frequency(letter := keyword[_RAREST[keyword]]), letter)
        )
        for letter, found in groupby(ordered, key=lambda keyword: keyword[_RAREST[keyword]]):
            alike = list(found)
            if len(alike) == 1 and letter in _FREQUENT:
                self.alone.extend(alike)
                continue
            branches.append(f"{re.escape(letter)}(?:{'|'.join(map(_branch, alike))})")
            self.meant.extend(
                [other for other in alike if _may_share(keyword, other)] for keyword in alike
            )
        self.next: Final = re.compile("|".join(branches)).search


_ALL: Final = _Search(KEYWORDS)
_ASCII: Final = _Search(filter(str.isascii, KEYWORDS))


def scan(text: str) -> Scan:
    """Look once which keywords `text` may hold."""
    small = lowered(text)
    search = _ASCII if text.isascii() else _ALL
    numbers, found = set(), search.next(small)
    while found:
        numbers.add(found.lastindex or 0)
        found = search.next(small, found.start() + 1)
    keywords = {keyword for keyword in search.alone if keyword in small}
    return Scan(small, frozenset(keywords.union(*[search.meant[number - 1] for number in numbers])))


def _keywords_of(word: str) -> list[str]:
    return [keyword for keyword in KEYWORDS if keyword in word]


class RuleIndex:
    """Rules in order, found by the keywords and marks of a text."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Note for each keyword which rules may have to do with it; "" for those always tried."""
        self._rules: Final = tuple(rules)
        self._of_keyword: Final[dict[str, set[int]]] = {"": set()}
        for number, rule in enumerate(self._rules):
            for word in rule.keywords:
                for keyword in _keywords_of(word) or [""]:
                    self._of_keyword.setdefault(keyword, set()).add(number)
        self._relevant: Final = lru_cache(maxsize=_MAX_SETS)(self._find_relevant)

    def to_try(self, scanned: Scan) -> Iterator[Rule]:
        """Give the rules of which the text holds a keyword and a mark, in their order."""
        small = scanned.small
        for words, rule in self._relevant(scanned.keywords):
            if rule.marks and not holds_one_of(rule.marks, small):
                continue
            for word in words:  # a loop: `any` of a generator takes three times as long
                if word in small:
                    yield rule
                    break

    def _find_relevant(self, keywords: frozenset[str]) -> tuple[tuple[tuple[str, ...], Rule], ...]:
        """Find the rules that `keywords` may lead to, each with the words that may be there."""
        numbers = self._of_keyword[""].union(
            *[self._of_keyword.get(keyword, ()) for keyword in keywords]
        )
        return tuple(
            (
                tuple(word for word in rule.keywords if keywords.issuperset(_keywords_of(word))),
                rule,
            )
            for rule in map(self._rules.__getitem__, sorted(numbers))
        )
