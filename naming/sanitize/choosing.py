"""Which passage says what a task is about: the first one, unless there is evidence against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.sanitize.blocks import Shape
from naming.sanitize.openers import (
    ACT_AS,
    ASIDES,
    ASK,
    ASK_CUES,
    BACKGROUND,
    CONSTRAINT,
    GREETING,
    IMPERATIVE,
    PERSONA,
    PERSONAL,
    STATEMENT,
    STATEMENT_CUES,
    STRONG_LABEL,
    TASK_CUES,
    TASK_HEADINGS,
    TASK_SAID,
)
from naming.sanitize.titles import is_common_role, is_generic_role, without_openers
from naming.sanitize.words import stop_words_of, tokens, weight

if TYPE_CHECKING:
    from naming.sanitize.passages import Passage
    from naming.sanitize.topics import Topic

PRIOR: Final = {Shape.TITLE: 1.2, Shape.HEADING: 0.0, Shape.ITEM: -1.2, Shape.SENTENCE: 0.0}

DISTANCE: Final = (0.0, 1.2, 1.6, 1.9, 2.1, 2.3, 2.4, 2.5)
"""What a passage loses by its place: the first one starts the search."""

SIGNS: Final = ((STRONG_LABEL, 1.5), (BACKGROUND, -0.6), (PERSONAL, -2.5))
"""What a passage may begin with, and what that is worth."""

NEAR: Final = 1
"""`You are a Rust engineer. Your task is …`: how far behind a common role its task is looked for."""

COMMON: Final = 1.7
"""What a task is worth at most behind anything else than a role that many play."""

SHORTEST_TOPIC: Final = 3
"""Letters of a word that a text may come back to; `x` and `r2` come back in every formula."""

READ: Final = 160
"""Characters of a passage in which words that ask are looked for."""

SEEN: Final = 72
"""Characters of a passage that are weighed: about what a display name can show."""


def choose(found: list[Passage], topic: Topic) -> list[Passage]:
    """Order passages, the one that names the task first."""
    said = [tokens(without_openers(passage.text)[:SEEN].lower()) for passage in found]
    worth = _worth_of_task(found[0].text) if found else 0.0
    scores = {
        passage.at: _score(passage, words, topic, task_worth=worth) for passage, words in zip(found, said, strict=True)
    }
    return sorted(found, key=lambda passage: -scores[passage.at])


def _worth_of_task(first: str) -> float:
    """Weigh `Your task is …`: less behind a role that names the task, more behind one that many play."""
    if (role := PERSONA.match(first)) is None:
        return 1.6
    return COMMON + 1.0 if is_common_role(first[role.end() :]) else 1.0


def _score(passage: Passage, words: list[str], topic: Topic, *, task_worth: float) -> float:
    value = PRIOR[passage.shape] - DISTANCE[min(passage.at, len(DISTANCE) - 1)]
    manner = _manner(passage.text, passage.at, task_worth=task_worth)
    return value + _substance(words, topic) + manner + _place(passage)


def _substance(words: list[str], topic: Topic) -> float:
    """Weigh the words that a passage begins with: how much they say, and how often the text comes back to them."""
    strength, topical, size = 0.0, 0, 0
    for word in set(words).difference(stop_words_of(words)):
        value = weight(word)
        size += 1
        strength += value
        if value >= 1 and len(word) >= SHORTEST_TOPIC:
            topical += min(topic.counts[word] - 1, 5)
    thin = -2.0 if strength < 1 else 0.0
    again = 0.6 if topic.comes_back_in(words) else 0.0
    return min(strength, 3) * 0.4 + topical / (2 + size / 2) + again + thin


def _place(passage: Passage) -> float:
    if passage.under in TASK_HEADINGS:
        return 1.0 if passage.first else 0.0
    return -0.5 if not ASIDES.isdisjoint(passage.under.split()) else 0.0


def _manner(text: str, at: int, *, task_worth: float) -> float:
    """Weigh how a passage speaks: whether it asks, tells who plays which role, or explains."""
    value = _asking(text, at, task_worth=task_worth) + _role(text)
    if GREETING.fullmatch(text):
        value -= 4.0
    value += sum(worth for pattern, worth in SIGNS if pattern.match(text))
    if at and CONSTRAINT.match(text):
        value -= 0.4
    return value - 0.8 if text[-1:] in ":：" else value


def _asking(text: str, at: int, *, task_worth: float) -> float:
    start = frozenset(text[:READ].lower().split())
    if not start.isdisjoint(TASK_CUES) and TASK_SAID.search(text, 0, READ):
        return task_worth if at <= NEAR else min(task_worth, 1.6)
    if not start.isdisjoint(STATEMENT_CUES) and STATEMENT.search(text, 0, READ):
        return 1.6
    if IMPERATIVE.match(text):
        if at == NEAR and task_worth > COMMON:  # `You are a backend engineer. Refactor the invoice service.`
            return 1.8
        return 0.3 if at else 1.2
    return 0.5 if not start.isdisjoint(ASK_CUES) and ASK.search(text, 0, READ) else 0.0


def _role(text: str) -> float:
    if (role := PERSONA.match(text)) is None:
        return 0.0
    if is_generic_role(text[role.end() :]):
        return -1.2
    return 0.9 if ACT_AS.search(role[0]) else 0.5
