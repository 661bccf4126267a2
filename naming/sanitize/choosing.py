"""Which passage says what a task is about."""

from __future__ import annotations

from collections import Counter
from typing import Final

from naming.sanitize.openers import ASK, BOILERPLATE, CONSTRAINT, LABEL, PERSONA, STRONG_LABELS
from naming.sanitize.passages import Passage, Shape
from naming.sanitize.titles import without_openers
from naming.sanitize.words import stop_words_of, tokens, weight

PRIOR: Final = {Shape.TITLE: 1.6, Shape.HEADING: 0.9, Shape.ITEM: -0.9, Shape.SENTENCE: 0.0}


def choose(found: list[Passage]) -> list[Passage]:
    """Order passages, the one that names the task first."""
    counts = Counter(word for passage in found for word in {word.lower() for word in tokens(passage.text)})
    return sorted(found, key=lambda passage: -score(passage, counts))


def score(passage: Passage, counts: Counter[str]) -> float:
    """Weigh one passage; `counts` says in how many passages a word stands."""
    text = passage.text
    value = PRIOR[passage.shape] - 0.3 * min(passage.at, 8)
    label = LABEL.match(text)
    if label and label["label"].lower() in STRONG_LABELS:
        value += 2.0
    words = [word.lower() for word in tokens(without_openers(text))]
    if passage.shape is Shape.HEADING and all(word in BOILERPLATE for word in words):
        return value - 6
    stops = stop_words_of(words)
    content = [word for word in dict.fromkeys(words) if word not in stops]
    strength = sum(weight(word) for word in content)
    if strength < 1:
        value -= 2.5 - strength
    value += min(strength, 4) * 0.25
    value += sum(min(counts[word] - 1, 3) for word in content if weight(word) >= 1) * 0.1 / (1 + len(content) / 8)
    if ASK.search(text):
        value += 1.2
    if PERSONA.match(text):
        value -= 0.6
    if passage.at and CONSTRAINT.match(text):
        value -= 0.9
    if text[-1:] in ":：":
        value -= 1.2
    return value
