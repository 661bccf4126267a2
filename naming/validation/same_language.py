"""Whether a candidate is in the script and the language of its request; where unclear, it may be.

Only what is sure is refused: the request is clearly in one language, and of the candidate's own
words several are of another while none is of that one. Developers mix languages, so names of things
and jargon decide nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.text.folding import fold, fold_each
from naming.text.language import lexicons
from naming.text.patterns import WordPattern
from naming.text.scripts import (
    LATIN,
    is_latin,
    main_script,
    script_runs,
    weigh_runs,
    weigh_scripts,
    without_names,
)

if TYPE_CHECKING:
    from collections import Counter

    import regex

    from naming.text.subject import Subject
    from naming.validation.candidate import Candidate
    from naming.validation.context import RequestContext

FOREIGN: Final = 2
"""What a title must score in another language; the verb that it begins or ends with counts 2."""

FOREIGN_SIBLING: Final = 4
"""The same for a language of the same family, whose words may be in both."""

ENGLISH: Final = frozenset({"en"})
"""The language whose words turn up in every other."""

VERB_LAST: Final = frozenset({"de", "nl", "tr"})
"""Languages whose titles end with the verb, too."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_NAMES_LANGUAGE: Final = WordPattern(r"\b{language names}\b", "validation.txt", re.NOFLAG)


class _Word(NamedTuple):
    spelt: str
    folded: str
    own: bool
    """Whether the request does not have it."""


def is_in_language_of(context: RequestContext, candidate: Candidate) -> bool:
    """Tell whether `candidate` may be in the language of the request."""
    return same_script(candidate, context) and (
        not is_latin(candidate.text) or same_language(candidate, context)
    )


def same_script(candidate: Candidate, context: RequestContext) -> bool:
    """Tell whether `candidate` is written in a script that the request is written in.

    The request's first sentence that is no log, code or quotation decides. Names taken from the
    request do not count beside words of the title's own; a title of nothing else, such as `Google`,
    is not in the language of `Исправить вход через Google`. A request without any letters is taken
    to be in a Latin script.
    """
    if candidate.text.isascii() and context.text.isascii():  # both can only be Latin
        return True
    if candidate.folded == context.folded:
        return True
    if own := _own_runs(candidate.text, context.subject):
        return main_script(own) in context.scripts
    written = set(weigh_scripts(candidate.text))
    return not written or not written.isdisjoint(context.scripts)


def _own_runs(title: str, request: Subject) -> Counter[str]:
    """Weigh the title's runs that do not stand in the request."""
    return weigh_runs(run for run in script_runs(title) if not _is_theirs(run, request))


def _is_theirs(run: regex.Match[str], request: Subject) -> bool:
    word = fold(run[0])
    return (
        word in request.words
        if run.lastgroup == LATIN
        else len(word) > 1 and word in request.folded
    )


def same_language(candidate: Candidate, context: RequestContext) -> bool:
    """Tell whether `candidate`, in Latin letters, may be in a language of the request.

    A request that names a language may want that one.
    """
    spelt = _WORD.findall(without_names(candidate.text).casefold())
    request_words = context.subject.words
    found = [
        _Word(word, folded, folded not in request_words)
        for word, folded in zip(spelt, fold_each(spelt), strict=True)
    ]
    others = {
        other
        for other in _languages_of_own_words(found)
        if _weigh(found, other, frozenset()) >= FOREIGN
    }
    if not others:  # whatever the request is in
        return True
    theirs = context.languages
    if not theirs or not any(_is_foreign(found, other, theirs) for other in others - theirs):
        return True
    return _NAMES_LANGUAGE.compiled.search(context.folded) is not None


def _languages_of_own_words(found: list[_Word]) -> frozenset[str]:
    """Give the languages that know a word of the title's own."""
    scores = lexicons().scores
    return frozenset(
        language for word in found if word.own for language in scores.get(word.folded, ())
    )


def _is_foreign(found: list[_Word], other: str, theirs: frozenset[str]) -> bool:
    """Tell whether the title is in the `other` language and in none of `theirs`."""
    by_code = lexicons().by_code
    lexicon = by_code[other]
    copied = 0
    for word in found:
        if word.folded not in lexicon.all and _is_of(word, theirs, lexicon.letters):
            if word.own:
                return False
            copied += 1
    sibling = any(by_code[language].family == lexicon.family for language in theirs)
    return _weigh(found, other, theirs) >= (FOREIGN_SIBLING if sibling else FOREIGN) + copied


def _is_of(word: _Word, languages: frozenset[str], shared: frozenset[str]) -> bool:
    """Tell whether one of `languages` knows the word, its ending or a letter not `shared`."""
    known = [lexicons().by_code[language] for language in languages]
    return any(
        lexicon.has(word.folded) or not (lexicon.letters - shared).isdisjoint(word.spelt)
        for lexicon in known
    )


def _weigh(found: list[_Word], other: str, theirs: frozenset[str]) -> int:
    """Add up what speaks for the `other` language, and neither for `theirs` nor for English."""
    lexicon, scores = lexicons().by_code[other], lexicons().scores
    neutral = theirs | ENGLISH - {other}
    known = {word.folded for word in found if word.own and word.folded in lexicon.all}
    known = {word for word in known if neutral.isdisjoint(scores[word])}
    ends = {found[0].folded, found[-1].folded} if other in VERB_LAST else {found[0].folded}
    return len(known) + len(known & ends & lexicon.work) + _has_letter_of(found, other, theirs)


def _has_letter_of(found: list[_Word], other: str, theirs: frozenset[str]) -> bool:
    by_code = lexicons().by_code
    letters = by_code[other].letters.difference(*(by_code[each].letters for each in theirs))
    return any(word.own and not letters.isdisjoint(word.spelt) for word in found)
