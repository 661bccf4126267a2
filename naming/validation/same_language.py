"""Whether a candidate is in the script and the language of its request; where unclear, it may be.

Only what is sure is refused: the request is clearly in one language, and of the candidate's own
words several are of another while none is of that one. Developers mix languages, so names of things
and jargon decide nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from naming.text.folding import fold, fold_each
from naming.text.language import languages_of, lexicons
from naming.text.patterns import WordPattern, language_files
from naming.text.scripts import (
    LATIN,
    main_script,
    script_runs,
    scripts_of,
    weigh_runs,
    weigh_scripts,
    without_names,
)
from naming.text.tokens import MARKS, is_unspaced, without_article
from naming.text.word_files import read_sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.validation.candidate import Candidate
    from naming.validation.context import RequestContext

FOREIGN: Final = 2
"""What a title must score in another language; the verb that it begins or ends with counts 2."""

FOREIGN_SIBLING: Final = 3
"""The same for a language of the same family, whose words may be in both."""

ENGLISH: Final = frozenset({"en"})
"""The language whose words turn up in every other."""

_ALSO_CALLED: Final = {"nb": "no", "nn": "no"}

VERB_LAST: Final = frozenset({"de", "nl", "tr"})
"""Languages whose titles end with the verb, too."""

_Word: TypeAlias = tuple[str, str]
"""A word folded, and as it is spelt in small letters."""

_WORD: Final = re.compile(rf"(?:[^\W\d_]|{MARKS}){{2,}}|[^\W\d_A-Z]")
_ACCENTED: Final = re.compile("[\u00df-\u024f\u0259\u1e00-\u1eff]")
_NAMES_LANGUAGE: Final = WordPattern(r"\b{language names}\b", "validation.txt", re.NOFLAG)


def is_in_language_of(context: RequestContext, candidate: Candidate) -> bool:
    """Tell whether `candidate` may be in the script and the language of the request.

    Where one is wanted, it must be that.
    """
    if context.wanted:
        return is_in(context.wanted, candidate)
    return same_script(candidate, context) and same_language(candidate, context)


def is_in(language: str, candidate: Candidate) -> bool:
    """Tell whether `candidate` may be in `language`, a code such as `de`.

    All words count here, those of the request too: they may be in another language.
    """
    language = _ALSO_CALLED.get(language, language)
    if language not in language_files():
        return True
    written = weigh_scripts(candidate.text)
    if written and main_script(written) not in _scripts_in(language):
        return False
    by_code = lexicons().by_code
    if language not in by_code:
        return True
    likely = [by_code[each].family for each in languages_of(candidate.text)]
    if likely and by_code[language].family not in likely:
        return False
    spelt = [word.casefold() for word in _words(without_names(candidate.text))]
    pairs = list(zip(map(without_article, fold_each(spelt)), spelt, strict=True))
    others = {other for word, _ in pairs for other in lexicons().scores.get(word, ())} - {language}
    return not any(_is_foreign(pairs, pairs, each, frozenset({language})) for each in others)


@cache
def _scripts_in(language: str) -> frozenset[str]:
    text = " ".join(
        " ".join(entries) for entries in read_sections(f"languages/{language}.txt").values()
    )
    return scripts_of(text, text)


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
    own = weigh_runs(
        run
        for run in script_runs(candidate.text)
        if not _stands_in(fold(run[0]), context, spaced=run.lastgroup == LATIN)
    )
    if own:
        return main_script(own) in context.scripts
    written = set(weigh_scripts(candidate.text))
    return not written or not written.isdisjoint(context.scripts)


def _stands_in(word: str, context: RequestContext, *, spaced: bool) -> bool:
    if spaced:
        return word in context.subject.words
    return len(word) > 1 and word in context.folded


def same_language(candidate: Candidate, context: RequestContext) -> bool:
    """Tell whether `candidate` may be in a language of the request.

    A request that names a language may want that one.
    """
    spelt = [word.casefold() for word in _words(without_names(candidate.text))]
    pairs = list(zip(map(without_article, fold_each(spelt)), spelt, strict=True))
    own = [pair for pair in pairs if pair[0] not in context.subject.words]
    scores = lexicons().scores
    suspects = {language for word, _ in own for language in scores.get(word, ())}
    suspects = {each for each in suspects if _weigh(pairs, own, each, frozenset()) >= FOREIGN}
    if not suspects and candidate.text.isascii():  # whatever the request is in
        return True
    theirs = context.languages
    if not theirs or not (
        (theirs == ENGLISH and _is_strange(own))
        or any(_is_foreign(pairs, own, each, theirs) for each in suspects - theirs)
    ):
        return True
    return _NAMES_LANGUAGE.compiled.search(context.folded) is not None


def _words(line: str) -> Iterator[str]:
    """Give the words of a `line`, and the characters of scripts that do not part words.

    A lone capital is of no language: `Map<K, V> lookup`.
    """
    for run in _WORD.findall(line):
        yield from run if is_unspaced(run[0]) else (run,)


def _is_strange(own: list[_Word]) -> bool:
    """Tell whether several own words are none of English, and one is not spelt as English is."""
    english = lexicons().by_code["en"]
    return (
        len(own) >= FOREIGN
        and any(_ACCENTED.search(spelt) for _, spelt in own)
        and not any(english.has(word) for word, _ in own)
    )


def _is_foreign(pairs: list[_Word], own: list[_Word], other: str, theirs: frozenset[str]) -> bool:
    """Tell whether the title is in the `other` language and in none of `theirs`."""
    by_code = lexicons().by_code
    lexicon = by_code[other]
    known = [by_code[language] for language in theirs]
    copied = 0
    for pair in pairs:
        word, spelt = pair
        if word not in lexicon.all and any(
            each.has(word) or not (each.letters - lexicon.letters).isdisjoint(spelt)
            for each in known
        ):
            if pair in own:
                return False
            copied += 1
    sibling = any(each.family == lexicon.family for each in known)
    return _weigh(pairs, own, other, theirs) >= (FOREIGN_SIBLING if sibling else FOREIGN) + copied


def _weigh(pairs: list[_Word], own: list[_Word], other: str, theirs: frozenset[str]) -> int:
    """Add up what speaks for the `other` language, and neither for `theirs` nor for English."""
    by_code, scores = lexicons().by_code, lexicons().scores
    lexicon, known = by_code[other], [by_code[language] for language in theirs]
    neutral = theirs | ENGLISH - {other}
    found = {word for word, _ in own if word in lexicon.all and neutral.isdisjoint(scores[word])}
    ends = {pairs[0][0], pairs[-1][0]} if other in VERB_LAST else {pairs[0][0]}
    letters = lexicon.letters.difference(*(each.letters for each in known))
    told = any(not letters.isdisjoint(spelt) for _, spelt in own)
    return len(found) + len(found & ends & lexicon.work) + told
