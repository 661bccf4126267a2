"""The words of a line: which of them carry its subject, and which go into a slug of at most 32 characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from naming.names import MAX_NAME_LENGTH
from naming.sanitize.vocabulary import NEGATIONS, STOP_WORDS, WEAK_VERBS, WEAK_WORDS
from naming.slug import lawful, slug_words

# Vowel signs and joiners inside words of Indic and South-East Asian scripts, which `\\w` leaves out.
_MARKS: Final = (
    "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0dff"
    "\u0e31-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3\u200c\u200d"
)

_TOKEN: Final = re.compile(
    rf"[^\W_]++(?![-+#&/'’_.{_MARKS}])"  # most words; those before a sign are looked at more closely
    r"|(?<![^\W_])(?:[cdjlmnstCDJLMNST]|[qQ]u)['’](?=[^\W\d_]{2})"  # l'erreur, d'auth
    r"|(?:[\w.-]{1,40}/){1,8}[A-Za-z][\w-]{0,40}\.[A-Za-z]\w{0,4}\b"  # src/api/users.py
    r"|[cC]\+\+|[cCfF]#|\.NET\b"  # languages
    r"|[A-Za-z]/[A-Za-z]\b|[A-Z]{1,3}&[A-Z]{1,2}\b"  # I/O, AT&T
    r"|#\d{1,9}\b"  # an issue
    r"|[A-Za-z]{2,10}-\d{1,7}\b"  # ABC-123, utf-8
    r"|v?\d{1,6}(?:\.\d{1,6})+\b"  # a version
    r"|(?=[\w-]{3,16}(?![\w-]))(?:[^\W_]+(?:_[^\W_]+)+|[^\W\d_]{2,}(?:-[^\W_]{2,})+)"  # enable_new_nav, non-root
    r"|[A-Za-z]\w{1,40}\.[A-Za-z]\w{0,4}\b(?![.(/])"  # users.py
    rf"|[^\W_](?:[^\W_]|[{_MARKS}])*(?:['’][^\W\d_]{{1,3}}\b)?"
)
_PLAIN: Final = re.compile(rf"[^\W_]+(?:[{_MARKS}'’][^\W_]+)*")
_SCRIPT_WITHOUT_SPACES: Final = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")

_KANA: Final = r"\u3041-\u309f"
_OTHERS: Final = r"\u30a0-\u30ff\u3400-\u9fff"
# Japanese changes its script where words meet: `ログイン の バグ を 直 して`.
_BETWEEN_SCRIPTS: Final = re.compile(
    rf"(?<=[{_OTHERS}A-Za-z0-9])[をのがにはでともへや](?=[{_OTHERS}A-Za-z0-9])"
    rf"|(?<=[A-Za-z0-9])(?=[{_KANA}{_OTHERS}])|(?<=[{_KANA}{_OTHERS}])(?=[A-Za-z0-9])"
    rf"|(?<=[\u30a0-\u30ff])(?=[\u3400-\u9fff{_KANA}])|(?<=[\u3400-\u9fff{_KANA}])(?=[\u30a0-\u30ff])"
)

_LANGUAGES_OF: Final[dict[str, tuple[str, ...]]] = {}
for _language, _stop_words in STOP_WORDS.items():
    for _word in _stop_words:
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)


_FOREIGN: Final = frozenset(word for word in _LANGUAGES_OF if len(word) > 1 or not word.isascii()) - STOP_WORDS["en"]
_STOP_WORDS: Final = {language: words | STOP_WORDS["en"] for language, words in STOP_WORDS.items()}
_ENGLISH: Final = _STOP_WORDS["en"]


def language_of(words: list[str]) -> str:
    """Guess the language by its stop words; English when nothing speaks for another."""
    if _FOREIGN.isdisjoint(words):
        return "en"
    counts: dict[str, int] = {}
    for word in words:
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    best = max(counts, key=lambda language: counts[language], default="en")
    return best if counts.get(best, 0) > counts.get("en", 0) else "en"


def tokens(line: str) -> list[str]:
    """Split `line` into words, as written; `C++`, `C#`, `.NET`, versions and `don't` stay whole."""
    return _TOKEN.findall(line)


def plain_words(text: str) -> list[str]:
    """Split `text` into small-letter words, symbols and compounds apart: what is counted and compared, not shown."""
    return _PLAIN.findall(text.lower())


def stop_words_of(words: list[str]) -> frozenset[str]:
    """Give the stop words that count in a line of these (lower-case) words: its language's, and English ones."""
    return _STOP_WORDS[language_of(words)]


_WEIGHTS: Final = dict.fromkeys(WEAK_WORDS, 0.45) | dict.fromkeys(WEAK_VERBS, 0.25)


def weight(word: str) -> float:
    """Weigh how much a word that is no stop word says about a subject: 1 for most, less for words of every prompt."""
    low = word.lower()
    if (known := _WEIGHTS.get(low)) is not None:
        return known
    if low.isalpha():
        value = 0.5 if low.endswith("ly") and len(low) >= SHORTEST_ADVERB else 1.0
        return value if word[1:] == low[1:] else value + 0.3
    if word.isdigit():
        return 0.8
    if word[0] == "#":
        return 1.3
    return 1.3 if any(char.isdigit() or char.isupper() for char in word[1:]) else 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a display name with its spelling in a slug; `at` counts all words of the line."""

    spelt: str
    value: float
    at: int


SHORTEST_ADVERB: Final = 5
"""Letters: `easily`, but not `fly`."""

FEW: Final = 5
"""Words that say something: with fewer, a negation beside them is the point."""

_NEGATIVE: Final = frozenset(
    "not no never can't cannot won't don't doesn't didn't isn't aren't wasn't weren't couldn't wouldn't shouldn't"
    " nicht kein keine keinen pas plus jamais не нет não non niet geen nie".split()
)

ENOUGH: Final = 5
"""Words a slug needs at most: people's names of tasks have three or four."""

FILLER: Final = 0.3
"""What a word must be worth to be the last that a slug has room for."""

PROPER: Final = 0.4
"""`the Kafka consumer`: what a capital adds to a word that does not begin the line."""

LEADS_ON: Final = -0.5
"""`the layout of the menu`: what a word loses that only leads to the next one."""

LATER: Final = -0.03
"""What each word loses to the one before: a phrase says what it is about before it says more."""

LONG: Final = -0.05
"""What each letter costs where room is short."""

LONG_ABROAD: Final = -0.03
"""The same in other languages: where words are compounded or inflected, the long ones say what it is about."""

BESIDE: Final = 0.1
"""What a word gains from each neighbour that stays: `retry queue` is read, `retry` and `export` are guessed at."""


def pick_slug(display: str) -> str | None:
    """Choose the words of `display` for a lawful slug: the strongest that fit, in their order."""
    if _SCRIPT_WITHOUT_SPACES.search(display):
        return lawful(slug_words(_BETWEEN_SCRIPTS.sub(" ", display)))
    found = tokens(display)
    lower = [word.lower().replace("’", "'") for word in found]
    stops = stop_words_of(lower)
    words = _saying(found, lower, stops)
    if 0 < len(words) < FEW and not _NEGATIVE.isdisjoint(lower):  # `it doesn't work` is not `work`
        words = _saying(found, lower, stops - _NEGATIVE)
    if not words:
        return lawful(slug_words(display))
    letter = LONG if display.isascii() and stops is _ENGLISH else LONG_ABROAD
    return lawful("-".join(word.spelt for word in _fitting(words, letter))) or lawful(slug_words(display))


def _saying(found: list[str], lower: list[str], stops: frozenset[str]) -> list[Word]:
    """Give the words that say something, each once."""
    words: dict[str, Word] = {}
    for at, word in enumerate(found):
        if (lower[at] in stops or _is_letter(word)) and not _is_kept(word, at):
            continue
        spelt = _spelt(word)
        if spelt and spelt not in words:
            value = weight(word) + LATER * len(words)
            if at and word[0].isupper():
                value += PROPER
            if lower[at + 1 : at + 2] == ["of"]:
                value += LEADS_ON
            words[spelt] = Word(spelt, value, at)
    return list(words.values())


def _is_letter(word: str) -> bool:
    """Tell whether a word is one small letter, as prepositions of many languages are, or one cut off: `l'`."""
    return (len(word) == 1 and word.islower() and word.isascii()) or word[-1] in "'’"


def _is_kept(word: str, at: int) -> bool:
    """Tell whether a stop word is kept: the language C, or the `don't` that a line begins with."""
    return (len(word) == 1 and word.isupper() and word not in "AI") or (
        at == 0 and word.lower().replace("’", "'") in NEGATIONS
    )


def _spelt(word: str) -> str:
    word = word.rpartition("/")[2] if "." in word else word
    return word.lower() if word.isascii() and word.isalnum() else slug_words(word)


def _fitting(words: list[Word], letter: float) -> list[Word]:
    """Drop the weakest word, again and again, until the rest fits. A letter costs `letter` where room is short."""
    kept = list(words)
    length = sum(len(word.spelt) + 1 for word in kept) - 1
    while len(kept) > 1 and ((over := length > MAX_NAME_LENGTH) or len(kept) >= ENOUGH):
        weakest = _weakest(kept, letter if over else 0.0)
        if not over and len(kept) == ENOUGH and kept[weakest].value > FILLER:
            break
        length -= len(kept.pop(weakest).spelt) + 1
    return kept


def _weakest(kept: list[Word], letter: float) -> int:
    """Find the word that is missed least; the last of equals."""
    weakest, least = 0, 99.0
    for at, word in enumerate(kept):
        value = word.value + letter * len(word.spelt)
        if at and kept[at - 1].at == word.at - 1:
            value += BESIDE
        if at + 1 < len(kept) and kept[at + 1].at == word.at + 1:
            value += BESIDE
        if value <= least:
            weakest, least = at, value
    return weakest
