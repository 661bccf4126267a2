"""Whether a candidate is in the script and the language of its request; where unclear, it may be.

Each word speaks for and against languages: by the words that are known of them, which are those
that everybody knows (`data/languages`) and commoner ones of texts (`data/language_words.txt`), by
how often its runs of three letters stand in those (a naive Bayes classifier, as detectors of
languages are), and by letters that an alphabet has not. Two texts differ where the language that
suits both of them best is much less likely than the best of each. Developers mix languages, so
names of things and jargon decide nothing.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from naming.text.folding import fold, fold_each
from naming.text.language import LEXICON_SECTIONS, lexicons
from naming.text.patterns import WordPattern, language_files
from naming.text.scripts import main_script, scripts_of, weigh_scripts, without_names
from naming.text.tokens import MARKS, is_unspaced, without_article
from naming.text.tokens import words as words_in_text
from naming.text.word_files import read_sections
from naming.validation.context import Candidate, RequestContext

WORDS_OF_TEXTS: Final = "language_words.txt"
"""Written by `python -m benchmarks.learn_languages`."""

SURE: Final = 6.0
"""Natural logarithm of how much less likely one language of both texts must be than two."""

MOST_OF_WORD: Final = 2.5  # what the letters of one word may add to that or take from it
KNOWN: Final = 3.0  # what a word adds for each language that it is known of
STRANGE: Final = 6.0  # what a word takes from a language for a letter that the language has not
FEW_WORDS: Final = 2  # words that a request must have before they tell its language
MOST_PROSE: Final = 300  # characters of a request by which its language is told
MOST_WORDS: Final = 20  # words of it that are looked at

PRIOR: Final = 200
"""Runs of three letters that every language is taken to have beside those of its known words."""

_Word = tuple[str, str]
"""A word folded, and as it is spelt in small letters."""

ALSO_CALLED: Final = {"nb": "no", "nn": "no"}
_WORD: Final = re.compile(rf"(?:[^\W\d_]|{MARKS}){{2,}}|[^\W\d_A-Z]")
_NAMES_LANGUAGE: Final = WordPattern(r"\b{language names}\b", "validation.txt", re.NOFLAG)


def is_in_language_of(context: RequestContext, candidate: Candidate) -> bool:
    """Tell whether `candidate` may be in the script and the language of the request.

    Where one is wanted, it must be that.
    """
    if context.wanted:
        return is_in(context.wanted, candidate)
    if candidate.folded in context.folded:
        return True
    words, own = words_of(candidate, context)
    # Most often all are the request's; what follows costs more than all other checks.
    return not own or (
        context.is_in_script_of(" ".join(spelt for _, spelt in own))
        and same_language(words, own, context)
    )


def words_of(candidate: Candidate, context: RequestContext) -> tuple[list[_Word], list[_Word]]:
    """Give the words of `candidate` but for names, and those of them that the request has not."""
    words = _words(without_names(candidate.text))
    return words, [word for word in words if word[0] not in context.subject.words]


def is_in(language: str, candidate: Candidate) -> bool:
    """Tell whether `candidate` may be in `language`, a code such as `de`.

    All words count here, those of the request too: they may be in another language.
    """
    language = ALSO_CALLED.get(language, language)
    if language not in language_files():
        return True
    written = weigh_scripts(candidate.text)
    if written and main_script(written) not in _scripts_in(language):
        return False
    words = _words(without_names(candidate.text))
    scores = _scores(words, words)
    return language not in scores or scores[language] > max(scores.values()) - SURE


@cache
def _scripts_in(language: str) -> frozenset[str]:
    text = " ".join(
        " ".join(entries) for entries in read_sections(f"languages/{language}.txt").values()
    )
    return scripts_of(text, text)


def same_language(words: list[_Word], own: list[_Word], context: RequestContext) -> bool:
    """Tell whether a line may be in a language of the request, by its words and its `own` of them.

    That is one of its prose, of what introduces a paste in it, or of its end. A request that names
    a language may want that one.
    """
    scores = _scores(own, words)
    least = max(scores.values()) - SURE
    for text in context.passages:
        told = _words(text[:MOST_PROSE])[:MOST_WORDS]
        theirs = _scores(told, told)
        both = max(scores[code] + theirs[code] for code in scores)
        if len(told) < FEW_WORDS or both > least + max(theirs.values()):
            return True
    return _NAMES_LANGUAGE.compiled.search(context.folded) is not None


def _words(line: str) -> list[_Word]:
    """Give the words of a `line`, and the characters of scripts that do not part words.

    A lone capital is of no language: `Map<K, V> lookup`.
    """
    spelt = [
        word.casefold()
        for run in _WORD.findall(line)
        for word in (run if is_unspaced(run[0]) else (run,))
    ]
    folded = spelt if line.isascii() else map(without_article, fold_each(spelt))
    return list(zip(folded, spelt, strict=True))


def _scores(own: list[_Word], words: list[_Word]) -> dict[str, float]:
    """Score what the letters of a line's `own` words, and all `words` of it, say for each language.

    Scores are logarithms of likelihood ratios.
    """
    known, having = lexicons(), _having()
    spellings = dict.fromkeys(spelt for _, spelt in own)  # said again, a word tells no more
    scores = dict.fromkeys(known, -MOST_OF_WORD * len(spellings))
    for spelt in spellings:
        for code, said in _letters(spelt).items():
            scores[code] += said
    for at, (word, spelt) in enumerate(words):
        for code in having.get(word, ()):
            is_verb = at in {0, len(words) - 1} and word in known[code].work
            scores[code] += KNOWN * (1 + is_verb)  # titles begin or end with it
        for code in () if spelt.isascii() else set[str]().union(*map(_strange_to, spelt)):
            scores[code] -= STRANGE
    return scores


@cache
def _having() -> Mapping[str, list[str]]:
    """Give the languages that a word is known of."""
    having = defaultdict[str, list[str]](list)
    for code, lexicon in lexicons().items():
        for word in lexicon.all | words_in_text(fold(" ".join(_words_of_texts(code)))):
            having[word].append(code)
    return having


def _words_of_texts(code: str) -> Sequence[str]:
    """Give the commoner words of texts in a language, several in one string."""
    return read_sections(WORDS_OF_TEXTS).get(code, ())


@lru_cache(maxsize=4096)
def _letters(word: str) -> Mapping[str, float]:
    """Tell what the runs of letters in `word` say more for languages than `-MOST_OF_WORD`."""
    runs, (absent, gains) = list(_runs(word)), letter_model()
    root = math.sqrt(len(runs))
    gained = defaultdict[str, float](float)
    for run in runs:
        for code, gain in gains.get(run, ()):
            gained[code] += gain
    return {
        code: MOST_OF_WORD + min(MOST_OF_WORD, said)
        for code, gain in gained.items()
        if (said := gain / root + absent[code] * root) > -MOST_OF_WORD
    }


@cache
def letter_model() -> tuple[Mapping[str, float], Mapping[str, list[tuple[str, float]]]]:
    """Learn from the known words how runs tell languages, two tenths of a second's work.

    Gives what a run says for each language that has it not, and what each run adds to that for
    those that have it.
    """
    counts = {code: Counter(_runs_of(code)) for code in lexicons()}
    of_all = Counter[str]()
    for count in counts.values():
        of_all.update(count)
    total = of_all.total()
    absent, gains = {}, defaultdict[str, list[tuple[str, float]]](list)
    shared = dict[tuple[str, float], tuple[str, float]]()  # one for all equal ones: 8 MB less
    for code, count in counts.items():
        absent[code] = math.log(PRIOR / (count.total() + PRIOR))
        for run, times in count.items():
            pair = code, round(math.log1p(times * total / (PRIOR * of_all[run])), 1)
            gains[run].append(shared.setdefault(pair, pair))
    return absent, gains


def _runs_of(code: str) -> Iterator[str]:
    lists = read_sections(language_files()[code])
    for lines in (*(lists.get(section, ()) for section in LEXICON_SECTIONS), _words_of_texts(code)):
        for word in " ".join(lines).casefold().split():
            yield from _runs(word)


def _runs(word: str) -> Iterator[str]:
    """Give each three letters of `word` that stand together, and those at its ends."""
    word = f"^{word}$"
    return (word[at : at + 3] for at in range(max(1, len(word) - 2)))


@cache
def _strange_to(char: str) -> frozenset[str]:
    """Give the languages that are not written with the letter `char`."""
    if char.isascii() or not char.isalpha():
        return frozenset()
    alphabets = (line.partition(" ") for line in read_sections("validation.txt")["alphabets"])
    strange = {code for code, _, letters in alphabets if char not in letters}
    # What the standard set of Japanese characters lacks is Chinese.
    return frozenset(strange if char.encode("shift_jis", "ignore") else strange | {"ja"})
