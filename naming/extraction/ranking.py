"""Which passage says what a task is about: the first one, unless there is evidence against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from naming.extraction.cues import (
    ASK,
    BACKGROUND,
    CUES,
    GIVEN,
    OVERRIDE,
    OWN_THING,
    PERSONAL,
    PROPER_NAME,
    STATEMENT,
    TASK_STATED,
    cue_words,
)
from naming.extraction.openers import ACT_AS, STRONG_LABEL, greeting_in, is_imperative, role_in
from naming.extraction.passages import Shape
from naming.extraction.titles import (
    is_common_role,
    is_generic_role,
    is_role_abroad,
    without_openers,
)
from naming.extraction.words import (
    in_any_case,
    known_weights,
    plain_words,
    stop_words_of,
    weight,
)
from naming.text.patterns import first_word
from naming.text.word_files import read_sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from naming.extraction.passages import Passage

PRIOR: Final = {Shape.TITLE: 1.2, Shape.HEADING: 0.0, Shape.ITEM: -1.2, Shape.SENTENCE: 0.0}

DISTANCE: Final = (0.0, 1.2, 1.6, 1.9, 2.1, 2.3, 2.4, 2.5)
"""What a passage loses by its place: the first one starts the search."""

NEAR: Final = 1
"""`You are a Rust engineer. Your task is …`.

How far behind a common role its task is looked for."""

COMMON: Final = 1.7
"""What a task is worth at most behind anything else than a role that many play."""

PLAIN: Final = 1.6
"""The same behind a passage that gives no role."""

HANDED: Final = 3.0
"""What an imperative is worth behind a role, when it speaks of something there to be worked on."""

ABROAD: Final = 3.0
"""The same behind a common role in another language, whose verbs we do not know.

What comes next is the task."""

SHORTEST_TOPIC: Final = 3
"""Letters of a word that a text may come back to; `x` and `r2` come back in every formula."""

OFTEN: Final = 6
"""Mentions of a word in a text after which more of them say no more."""

PROPER_NAMES: Final = 2
"""Names of things that make a passage more than talk: one may be the reader's."""

READ: Final = 160
"""Characters of a passage in which words that ask are looked for."""

SEEN: Final = 72
"""Characters of a passage that are weighed: about what a display name can show."""


class Weights(dict[str, float]):
    """What the words of one text, in small letters, weigh; each is looked at once."""

    def __missing__(self, word: str) -> float:
        """Weigh a word that is asked for the first time. Most need no closer look."""
        is_usual = word.isalpha() and word[-2:] != "ly" and word not in known_weights()
        self[word] = value = 1.0 if is_usual else weight(word)
        return value


@dataclass(frozen=True, slots=True)
class Topic:
    """How often each word of a text is said, which pairs come again, and what says nothing."""

    counts: Counter[str]
    pairs: frozenset[tuple[str, str]]
    stops: frozenset[str] = frozenset()
    weights: Weights = field(default_factory=Weights)

    def comes_back_in(self, words: list[str]) -> bool:
        """Tell whether a pair of `words` is one that the text says again.

        `affine cipher`, `unit tests`.
        """
        return bool(self.pairs) and not self.pairs.isdisjoint(pairwise(words))


def topic_of(text: str) -> Topic:
    """Count the words of `text` and find its repeated pairs, stop words left out."""
    words = plain_words(text)
    counts = Counter(words)
    stops = stop_words_of(counts)
    return Topic(counts, _said_again(words, counts, stops), stops)


def _said_again(
    words: list[str], counts: Mapping[str, int], stops: frozenset[str]
) -> frozenset[tuple[str, str]]:
    """Find the pairs of neighbours that come twice.

    Few words do, and only pairs of these need be remembered.
    """
    often = {word for word, count in counts.items() if count > 1} - stops
    seen: set[tuple[str, str]] = set()
    again: set[tuple[str, str]] = set()
    before = ""
    for word in words:
        if word not in often:
            before = ""
            continue
        if before:
            pair = (before, word)
            (again if pair in seen else seen).add(pair)
        before = word
    return frozenset(again)


def choose(found: list[Passage], topic: Topic) -> list[Passage]:
    """Order passages, the one that names the task first."""
    worth = _worth_of_task(found[0].text) if found else 0.0
    scores = {passage.at: _score(passage, topic, task_worth=worth) for passage in found}
    return sorted(found, key=lambda passage: -scores[passage.at])


def _worth_of_task(first: str) -> float:
    """Weigh `Your task is …`.

    Less behind a role that names the task, more behind one that many play.
    """
    if not (role := role_in(first, first_word(first))):
        return PLAIN
    if is_role_abroad(first[role:]):
        return ABROAD
    return COMMON + 1.0 if is_common_role(first[role:]) else 1.0


def _score(passage: Passage, topic: Topic, *, task_worth: float) -> float:
    words = plain_words(without_openers(passage.text)[:SEEN])
    value = PRIOR[passage.shape] - DISTANCE[: passage.at + 1][-1]
    value += _substance(words, topic) + _place(passage)
    if len(PROPER_NAME.findall(passage.text, 0, SEEN)) >= PROPER_NAMES:
        value += 0.9
    return value + _manner(passage.text, passage.at, task_worth=task_worth)


def _substance(words: list[str], topic: Topic) -> float:
    """Weigh the words that a passage begins with.

    How much they say, and how often the text comes back to them.
    """
    strength, topical = 0.0, 0
    said = set(words)
    saying = said - topic.stops
    count_of, weights = topic.counts.get, topic.weights
    for word in saying:
        value = weights[word]
        strength += value
        if value >= 1 and (count := count_of(word, 0)) > 1 and len(word) >= SHORTEST_TOPIC:
            topical += count - 1 if count < OFTEN else OFTEN - 1
    thin = -4.0 if said <= cue_words("secret kinds") else -2.0 if strength < 1 else 0.0
    again = 0.6 if topic.comes_back_in(words) else 0.0
    return min(strength, 3) * 0.4 + topical / (2 + len(saying) / 2) + again + thin


@cache
def _task_headings() -> frozenset[str]:
    return frozenset(read_sections(CUES)["task headings"])


def _place(passage: Passage) -> float:
    if passage.under in _task_headings():
        return 1.0 if passage.first else 0.0
    return (
        -0.5 if passage.under and not cue_words("asides").isdisjoint(passage.under.split()) else 0.0
    )


def _manner(text: str, at: int, *, task_worth: float) -> float:
    """Weigh how a passage speaks: whether it asks, tells who plays which role, or explains."""
    word = first_word(text)
    value = _asking(text, word, at, task_worth=task_worth) + _role(text, word) + _signs(text, word)
    if at and word in cue_words("constraints"):
        value -= 0.4
    if text[-1:] in ":：":
        value -= 0.6
    return value - 0.5 if at and text[-1:] in "?？" else value


def _signs(text: str, word: str) -> float:
    """Weigh what a passage begins with, its first word being `word`."""
    value = 1.5 if ":" in text[:20] and STRONG_LABEL.compiled.match(text) else 0.0
    if BACKGROUND.compiled.match(text):
        value -= 0.3
    if PERSONAL.compiled.match(text):
        value -= 2.5
    if GIVEN.compiled.match(text):
        value -= 1.2
    if OVERRIDE.compiled.match(text):
        value -= 3.0
    return value - 4.0 if greeting_in(text, word) == len(text) else value


@cache
def _all_cues() -> frozenset[str]:
    return cue_words("task cues") | cue_words("statement cues") | cue_words("asking cues")


def _asking(text: str, word: str, at: int, *, task_worth: float) -> float:
    if at == NEAR and task_worth == ABROAD:
        return 1.8
    start = text[:READ].lower().split()
    is_cued = not _all_cues().isdisjoint(start)
    small = in_any_case(text[:READ]) if is_cued else ""
    if (
        is_cued
        and not cue_words("task cues").isdisjoint(start)
        and TASK_STATED.compiled.search(small)
    ):
        return task_worth if at <= NEAR else min(task_worth, 1.6)
    if (
        is_cued
        and not cue_words("statement cues").isdisjoint(start)
        and STATEMENT.compiled.search(small)
    ):
        return 1.6
    if is_imperative(word, text):
        if at == NEAR and task_worth != PLAIN and OWN_THING.compiled.search(text, 0, READ):
            return HANDED  # `Act as a security auditor. Check our login flow.`
        if (
            at == NEAR and task_worth > COMMON
        ):  # `You are a backend engineer. Refactor the invoice service.`
            return 1.8
        return 0.3 if at else 1.2
    return (
        0.5
        if is_cued and not cue_words("asking cues").isdisjoint(start) and ASK.compiled.search(small)
        else 0.0
    )


def _role(text: str, word: str) -> float:
    if not (role := role_in(text, word)):
        return 0.0
    if is_generic_role(text[role:]):
        return -1.2
    return 0.9 if ACT_AS.compiled.search(text, 0, role) else 0.5
