"""Which words of a display name go into its slug of at most 32 characters."""

from __future__ import annotations

import re
from math import log2
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.extraction.cues import ENDS_WITH_ITS_VERB
from naming.extraction.words import stop_words_of, tokens, weight
from naming.names import MAX_NAME_LENGTH
from naming.slug import lawful, slug_words
from naming.text.patterns import words_of_languages

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPT_WITHOUT_SPACES: Final = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")

_KANA: Final = r"\u3041-\u309f"
_OTHERS: Final = r"\u30a0-\u30ff\u3400-\u9fff"
# Japanese changes its script where words meet: `ログイン の バグ を 直 して`.
_BETWEEN_SCRIPTS: Final = re.compile(
    rf"(?<=[{_OTHERS}A-Za-z0-9])[をのがにはでともへや](?=[{_OTHERS}A-Za-z0-9])"
    rf"|(?<=[A-Za-z0-9])(?=[{_KANA}{_OTHERS}])|(?<=[{_KANA}{_OTHERS}])(?=[A-Za-z0-9])"
    rf"|(?<=[\u30a0-\u30ff])(?=[\u3400-\u9fff{_KANA}])|(?<=[\u3400-\u9fff{_KANA}])(?=[\u30a0-\u30ff])"
)


class Word(NamedTuple):
    """One word of a display name with its spelling in a slug; `at` counts all words of the line."""

    spelt: str
    value: float
    at: int


FEW: Final = 5
"""Words that say something: with fewer, a negation beside them is the point."""

ENOUGH: Final = 5
"""Words a slug needs at most: people's names of tasks have three or four."""

CORE: Final = 3
"""Words that a slug keeps, however little they say."""

FILLER: Final = 0.6
"""What a word beyond these must be worth: `for users` fills, it does not name."""

NEGATED: Final = 0.5
"""`doesn't work`: what a word gains from the negation before it, where that stays."""

LONG_TEXT: Final = 70
"""Words of a text that has had occasion to come back to what it is about."""

ONLY_ONCE: Final = -0.4
"""What a word loses that such a text says once.

Four out of five of them are not in people's names of it."""

AGAIN: Final = 0.15
"""What a word gains each time that the number of its mentions doubles."""

OFTEN: Final = 8
"""Mentions after which more of them say no more."""

PROPER: Final = 0.4
"""`the Kafka consumer`: what a capital adds to a word that does not begin the line."""

LEADS_ON: Final = -0.5
"""`the layout of the menu`: what a word loses that only leads to the next one."""

LATER: Final = -0.03
"""What each word loses to the one before: a phrase says what it is about before it says more."""

LONG: Final = -0.05
"""What each letter costs where room is short."""

LONGEST: Final = 12
"""Letters that are counted so: the noun of a German sentence may be longer."""

LONG_ABROAD: Final = -0.03
"""The same in other languages.

Where words are compounded or inflected, the long ones say what it is about."""

BESIDE: Final = 0.1
"""What a word gains from each neighbour that stays.

`retry queue` is read, `retry` and `export` are guessed at."""


def pick_slug(display: str, counts: Mapping[str, int] | None = None) -> str | None:
    """Choose the words of `display` for a lawful slug: the strongest that fit, in their order.

    `counts` says how often each word stands in the text that is named: what it comes back to is
    what it is about.
    """
    if _SCRIPT_WITHOUT_SPACES.search(display):
        return lawful(slug_words(_BETWEEN_SCRIPTS.sub(" ", display)))
    found = tokens(display)
    lower = [word.lower() for word in found]
    if "’" in display:
        lower = [word.replace("’", "'") for word in lower]
    stops, negations = stop_words_of(lower), words_of_languages("negations")
    words = _saying(found, lower, stops, counts)
    if 0 < len(words) < FEW and not negations.isdisjoint(lower):  # `it doesn't work` is not `work`
        words = _saying(found, lower, stops - negations, counts)
    if not words:
        return lawful(slug_words(display))
    if (
        words[-1].at >= len(found) - 3
        and lower[-1] in stops
        and ENDS_WITH_ITS_VERB.compiled.search(display)
    ):
        words[-1] = words[-1]._replace(
            spelt=f"{words[-1].spelt}-{lower[-1]}"
        )  # `set it up` is no `set`
    letter = LONG if display.isascii() and stops is stop_words_of(()) else LONG_ABROAD
    return lawful("-".join(word.spelt for word in _fitting(words, letter))) or lawful(
        slug_words(display)
    )


def _saying(
    found: list[str], lower: list[str], stops: frozenset[str], counts: Mapping[str, int] | None
) -> list[Word]:
    """Give the words that say something, each once."""
    words: dict[str, Word] = {}
    negations = words_of_languages("negations")
    is_long = counts is not None and sum(counts.values()) > LONG_TEXT
    neighbours = zip(found, lower, ["", *lower], [*lower[1:], ""], strict=False)
    for at, (word, low, before, behind) in enumerate(neighbours):
        if (low in stops or _is_letter(word)) and not _is_kept(word, at):
            continue
        spelt = low if low.isascii() and low.isalnum() else _spelt(word)
        if spelt and spelt not in words:
            value = weight(word) + LATER * len(words)
            if at and word[0].isupper():
                value += PROPER
            if behind == "of":
                value += LEADS_ON
            if before in negations and before not in stops:
                value += NEGATED
            if counts is not None and (count := counts.get(low, 0)):
                value += _coming_back(count, is_long=is_long)
            words[spelt] = Word(spelt, value, at)
    return list(words.values())


def _coming_back(count: int, *, is_long: bool) -> float:
    """Weigh that a text says a word `count` times."""
    if count == 1:
        return ONLY_ONCE if is_long else 0.0
    return AGAIN * log2(min(count, OFTEN))


def _is_letter(word: str) -> bool:
    """Tell whether a word is one small letter, as many prepositions are, or one cut off: `l'`."""
    return (len(word) == 1 and word.islower() and word.isascii()) or word[-1] in "'’"


def _is_kept(word: str, at: int) -> bool:
    """Tell whether a stop word is kept: the language C, or the `don't` that a line begins with."""
    return (len(word) == 1 and word.isupper() and word not in "AI") or (
        at == 0 and word.lower().replace("’", "'") in words_of_languages("first negations")
    )


def _spelt(word: str) -> str:
    return slug_words(word.rpartition("/")[2] if "." in word else word)


def _fitting(words: list[Word], letter: float) -> list[Word]:
    """Drop the weakest word, again and again, until the rest fits.

    A letter costs `letter` where room is short.
    """
    kept = list(words)
    length = sum(len(word.spelt) + 1 for word in kept) - 1
    while len(kept) > 1 and ((over := length > MAX_NAME_LENGTH) or len(kept) > ENOUGH):
        length -= len(kept.pop(_weakest(kept, letter if over else 0.0)).spelt) + 1
    while len(kept) > CORE and kept[weakest := _weakest(kept, 0.0)].value < FILLER:
        del kept[weakest]
    return kept


def _weakest(kept: list[Word], letter: float) -> int:
    """Find the word that is missed least; the last of equals."""
    weakest, least = 0, 99.0
    for at, (spelt, alone, place) in enumerate(kept):
        value = alone + letter * len(
            spelt[:LONGEST]
        )  # no `min`, here and elsewhere: it costs as much as all the rest
        if at and kept[at - 1].at == place - 1:
            value += BESIDE
        if at + 1 < len(kept) and kept[at + 1].at == place + 1:
            value += BESIDE
        if value <= least:
            weakest, least = at, value
    return weakest
