"""Which passage says what a task is about: the first one, unless there is evidence against it."""

from __future__ import annotations

from collections import Counter
from typing import Final

from naming.sanitize.openers import ACT_AS, ASIDES, ASK, BACKGROUND, CONSTRAINT, IMPERATIVE, LABEL, PERSONA, STATEMENT, STRONG_LABELS, TASK_HEADINGS, TASK_SAID
from naming.sanitize.passages import Passage, Shape
from naming.sanitize.titles import is_generic_role, without_openers
from naming.sanitize.words import stop_words_of, tokens, weight

PRIOR: Final = {Shape.TITLE: 1.2, Shape.HEADING: 0.0, Shape.ITEM: -0.9, Shape.SENTENCE: 0.0}

DISTANCE: Final = (0.0, 1.2, 1.6, 1.9, 2.1, 2.3, 2.4, 2.5)
"""What a passage loses by its place: the first one starts the search."""


SEEN: Final = 72
"""Characters of a passage that are weighed: about what a display name can show."""


def choose(found: list[Passage]) -> list[Passage]:
    """Order passages, the one that names the task first."""
    counts = Counter(word for passage in found for word in {word.lower() for word in tokens(passage.text)})
    role = PERSONA.match(found[0].text) if found else None
    role_first = role is not None and not is_generic_role(role.string[role.end() :])
    return sorted(found, key=lambda passage: -score(passage, counts, role_first=role_first))


def score(passage: Passage, counts: Counter[str], *, role_first: bool) -> float:
    """Weigh one passage; `counts` says in how many passages a word stands."""
    text = passage.text
    words = [word.lower() for word in tokens(without_openers(text)[:SEEN])]
    value = PRIOR[passage.shape] - DISTANCE[min(passage.at, len(DISTANCE) - 1)]
    return value + _substance(words, counts) + _manner(text, passage.at, role_first=role_first) + _place(passage)


def _substance(words: list[str], counts: Counter[str]) -> float:
    stops = stop_words_of(words)
    content = [word for word in dict.fromkeys(words) if word not in stops]
    strength = sum(weight(word) for word in content)
    topical = sum(min(counts[word] - 1, 3) for word in content if len(word) > 2 and weight(word) >= 1) / (2 + len(content) / 2)
    return min(strength, 3) * 0.4 - (2.0 if strength < 1 else 0.0) + topical


def _place(passage: Passage) -> float:
    if passage.under in TASK_HEADINGS:
        return 1.0 if passage.first else 0.0
    return -0.5 if not ASIDES.isdisjoint(passage.under.split()) else 0.0


def _manner(text: str, at: int, *, role_first: bool) -> float:
    value = 0.0
    label = LABEL.match(text)
    if label and label["label"].lower() in STRONG_LABELS:
        value += 1.5
    if TASK_SAID.search(text):
        value += 1.2 if role_first else 1.9
    elif STATEMENT.search(text):
        value += 1.6
    elif IMPERATIVE.match(text):
        value += 1.2 if at == 0 else 0.3
    elif ASK.search(text):
        value += 0.5
    if persona := PERSONA.match(text):
        if is_generic_role(text[persona.end() :]):
            value -= 1.2
        else:
            value += 0.9 if ACT_AS.search(persona[0]) else 0.5
    if at and CONSTRAINT.match(text):
        value -= 0.4
    if BACKGROUND.match(text):
        value -= 0.6
    if text[-1:] in ":：":
        value -= 0.8
    return value
