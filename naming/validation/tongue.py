"""Whether a title in Latin letters is in the language of the request, told by the words that everybody knows.

Only what is sure is refused: the request is clearly in one language, and of the title's own words several are of
another while none is of that one. Developers mix languages, so names of things and jargon decide nothing.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from naming.text.folding import fold
from naming.text.subject import Subject
from naming.text.tokens import words
from naming.validation.language import request_prose, without_names
from naming.validation.lexicon import LANGUAGE_NAMES, LEXICONS

MAX_PROSE: Final = 600
"""Characters of a request that its language is told by: a sentence or three."""

SURE: Final = 3
"""What a request must score in a language, counting 2 for a small word and 1 for any other."""

MOST_LETTERS: Final = 2
"""What letters that not every language has may add to that."""

RIVAL: Final = 0.5
"""Part of the best score from which on a second language may be the request's too."""

FOREIGN: Final = 2
"""What a title must score in another language; the verb that it begins or ends with counts 2."""

FOREIGN_SIBLING: Final = 4
"""The same for a language of the same family, whose words may be in both."""

ENGLISH: Final = frozenset({"en"})
"""The language whose words turn up in every other."""

VERB_LAST: Final = frozenset({"de", "nl", "tr"})
"""Languages whose titles end with the verb, too."""

_WORD: Final = re.compile(r"[^\W\d_]+")


class _Word(NamedTuple):
    spelt: str
    folded: str
    own: bool


def _known_by() -> dict[str, list[tuple[str, int]]]:
    """Turn the lexicons round: which languages know a word, and what it scores."""
    known: dict[str, list[tuple[str, int]]] = {}
    for language, lexicon in LEXICONS.items():
        for word in lexicon.all:
            known.setdefault(word, []).append((language, 2 if word in lexicon.small else 1))
    return known


_SCORES: Final = _known_by()
_LETTERS: Final = frozenset[str]().union(*(lexicon.letters for lexicon in LEXICONS.values()))


def same_tongue(display_name: str, request: str) -> bool:
    """Tell whether `display_name` may be in the language of `request`.

    Where either is not clear, it may.

    A request that names a language may want that one.
    """
    subject, title = Subject.read(request), without_names(display_name).casefold()
    spelt = [(word, fold(word)) for word in _WORD.findall(title)]
    found = [_Word(word, folded, folded not in subject.words) for word, folded in spelt]
    others = {
        other
        for other in _languages_of_title(found)
        if _weigh(found, other, frozenset()) >= FOREIGN
    }
    if not others:  # whatever the request is in
        return True
    theirs = _languages_of_request(request)
    if not theirs or not any(_is_foreign(found, other, theirs) for other in others - theirs):
        return True
    return LANGUAGE_NAMES.search(subject.folded) is not None


def _languages_of_request(request: str) -> frozenset[str]:
    """Give the languages of the request's prose, of what introduces a paste in it (`fix this.

    …`) and of its end.
    """
    prose = request_prose(request)
    theirs = languages_of(prose)
    if not theirs:
        return theirs
    end = without_names(request[-MAX_PROSE:].rpartition("\n")[2]).rstrip()
    return theirs.union(*map(languages_of, {prose.partition(": ")[0], end} - {prose}))


def languages_of(prose: str) -> frozenset[str]:
    """Give the languages that `prose` is likely written in; none when that is not clear."""
    prose = prose[:MAX_PROSE]
    scores = dict.fromkeys(LEXICONS, 0)
    for word in words(fold(prose)):
        for language, score in _SCORES.get(word, ()):
            scores[language] += score
    if not prose.isascii() and (letters := _LETTERS.intersection(prose.casefold())):
        for language, lexicon in LEXICONS.items():
            scores[language] += min(MOST_LETTERS, len(letters & lexicon.letters))
    best = max(scores.values())
    return frozenset(
        language for language, score in scores.items() if score >= max(best * RIVAL, SURE)
    )


def _languages_of_title(found: list[_Word]) -> frozenset[str]:
    """Give the languages that know a word of the title's own."""
    return frozenset(
        language for word in found if word.own for language, _ in _SCORES.get(word.folded, ())
    )


def _is_foreign(found: list[_Word], other: str, theirs: frozenset[str]) -> bool:
    """Tell whether the title's words are of the `other` language and none of its own is of the request's."""
    lexicon = LEXICONS[other]
    copied = 0
    for word in found:
        if word.folded not in lexicon.all and _is_of(word, theirs, lexicon.letters):
            if word.own:
                return False
            copied += 1
    sibling = any(LEXICONS[language].family == lexicon.family for language in theirs)
    return _weigh(found, other, theirs) >= (FOREIGN_SIBLING if sibling else FOREIGN) + copied


def _is_of(word: _Word, languages: frozenset[str], shared: frozenset[str]) -> bool:
    """Tell whether one of `languages` knows the word, its ending or a letter of it that is not `shared`."""
    return any(
        LEXICONS[language].has(word.folded)
        or not (LEXICONS[language].letters - shared).isdisjoint(word.spelt)
        for language in languages
    )


def _weigh(found: list[_Word], other: str, theirs: frozenset[str]) -> int:
    """Add up what speaks for the `other` language, and neither for one of the request's nor for English."""
    lexicon = LEXICONS[other]
    neutral = theirs | ENGLISH - {other}
    known = {word.folded for word in found if word.own and word.folded in lexicon.all}
    known = {
        word for word in known if neutral.isdisjoint(language for language, _ in _SCORES[word])
    }
    ends = {found[0].folded, found[-1].folded} if other in VERB_LAST else {found[0].folded}
    return len(known) + len(known & ends & lexicon.work) + _has_letter_of(found, other, theirs)


def _has_letter_of(found: list[_Word], other: str, theirs: frozenset[str]) -> bool:
    letters = LEXICONS[other].letters.difference(
        *(LEXICONS[language].letters for language in theirs)
    )
    return any(word.own and not letters.isdisjoint(word.spelt) for word in found)
