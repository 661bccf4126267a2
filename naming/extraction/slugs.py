"""Which words of a display name go into its slug of at most 32 characters."""

import re
from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from typing import Final, NamedTuple

from naming.extraction.weights import about, total, weights_of
from naming.extraction.words import (
    UNSPACED,
    is_abbreviation,
    language_of,
    leads_on,
    part_of,
    parts_in,
    tokens,
)
from naming.names import MAX_NAME_LENGTH
from naming.slug import cut_slug, lawful, slug_words
from naming.text.parts import LEFT_OUT, NAME, OTHER, QUESTION, SMALL, TELLING, TURNING, VERB
from naming.text.patterns import words_of_languages
from naming.text.romanization import HAN, is_japanese, read_chinese, read_japanese

WIDTH: Final = 8
"""Choices of words that are followed at a time."""

FEW: Final = 2
"""Telling words: with fewer, what is left of a short line without its small words says nothing."""

NEIGHBOURS: Final = 50
"""What two words gain that stand side by side in the slug as in the title, in hundredths."""

TURNED_BEHIND: Final = ("ja", "ko")
"""Languages that say `not` and `only` behind what they turn: `sakujo shinai`."""

_JOINED: Final = ("in", "on")
"""Small words that belong to some verbs: `log in`, `turn on`."""

_ELIDED: Final = "'’"
"""What an article ends in before a vowel, in whatever language: `l'API`. `n'` turns the meaning."""

_LATIN: Final = re.compile(
    r"(?=[\w.+#/-]*[A-Za-z])[A-Za-z0-9][\w.+#/-]*(?<=[A-Za-z0-9+#])", re.ASCII
)
_VERSION: Final = re.compile(r"v?\d{1,6}(?:\.\d{1,6})+$")

_Choice = tuple[int, int, int, tuple[int, ...]]
"""What words are worth, how long they are with a hyphen each, the last of them, and all."""


def pick_slug(title: str, language: str | None = None) -> str | None:
    """Choose the words of `title` for a lawful slug: those worth most that fit, in their order.

    None when there is no word. `language` is that of the text which the title was taken from.
    """
    read = read_title(title, language)
    words, lows, spelt, parts, language, whole = read
    kept = [at for at, part in enumerate(parts) if part != LEFT_OUT and spelt[at]]
    is_short = parts[:1] == [QUESTION] or sum(part in (*TELLING, VERB) for part in parts) < FEW
    if not kept or (is_short and len(whole) <= MAX_NAME_LENGTH):
        return lawful(whole)  # `who-wrote-this`, `do-it-again`
    if sum(len(spelt[at]) + 1 for at in kept) - 1 > MAX_NAME_LENGTH:
        kept = [at for at in kept if parts[at] != SMALL and not _is_old(words, at)] or kept
        signs = list(signs_of_words(words, lows, parts, language))
        kept = _worth_most(kept, read, signs)
        while kept[1:] and words[kept[-1] + 1 :] and _leads_on(read, kept[-1]):
            kept.pop()
    return lawful("-".join(spelt[at] for at in kept)) or lawful(whole)


def _leads_on(title: "Title", at: int) -> bool:
    """Tell whether the word `at` leads on to others of its title: `only | in prod`.

    `log out | of` does not.
    """
    word, part = title.lows[at], title.parts[at]
    if part == TURNING and title.language in TURNED_BEHIND:
        return False
    turns = part == TURNING and word not in words_of_languages("bound particles")
    return turns or leads_on(word, part)


def _unspaced_words(title: str) -> Iterator[tuple[str, str]]:
    """Give the words of a title in an unspaced script, those in Latin letters first."""
    yield from ((slug_words(each), OTHER) for each in _LATIN.findall(title))
    rest = _LATIN.sub(" ", title)
    if is_japanese(title):
        read = read_japanese(rest)
    elif HAN.search(title):
        read = read_chinese(rest)
    else:
        read = ((word, OTHER) for word in slug_words(rest).split("-"))
    yield from ((slug_words(word), part) for word, part in read)


class Title(NamedTuple):
    """The words of a title as written, in small letters and as in a slug, and their parts.

    `whole` is what the slug would be if it had room.
    """

    words: list[str]
    lows: list[str]
    spelt: list[str]
    parts: list[str]
    language: str
    whole: str


def read_title(title: str, language: str | None = None) -> Title:
    """Take a title apart. `language` is that of the text which it was taken from."""
    if not title.isascii() and UNSPACED.search(title):
        read = dict[str, str]()
        for word, part in _unspaced_words(title):
            if word and read.get(word, LEFT_OUT) == LEFT_OUT:  # 二 and に are read alike
                read[word] = part
        spelt = [cut_slug(each, MAX_NAME_LENGTH) for each in read]
        code = "ja" if is_japanese(title) else "zh" if HAN.search(title) else "th"
        return Title(spelt, spelt, spelt, list(read.values()), code, "-".join(spelt))
    words = tokens(title)
    lows = [word.lower().replace("’", "'").rstrip("'") for word in words]
    language = language or language_of(lows)
    known = parts_in(language)
    spelt = [low if low.isascii() and low.isalnum() else slug_words(low, language) for low in lows]
    spelt = [cut_slug(each, MAX_NAME_LENGTH) for each in spelt]
    found = [
        LEFT_OUT if word[-1] in _ELIDED and word[0] not in "nN" else part_of(low, known)
        for word, low in zip(words, lows, strict=True)
    ]
    if not title.isupper():
        pairs = zip(words, found, strict=True)
        found = [OTHER if is_abbreviation(word, part) else part for word, part in pairs]
    for at, low in enumerate(lows[1:], 1):
        if low in _JOINED and lows[at - 1] in words_of_languages("verbs with particles"):
            found[at] = TURNING
    return Title(words, lows, spelt, found, language, slug_words(title, language))


def signs_of_words(
    words: list[str], lows: list[str], parts: list[str], code: str
) -> Iterator[list[str]]:
    """Give for each word of a title the signs that tell what it is worth in the slug."""
    rank, phrases, before, before_part = 0, 0, "", "^"
    language = "en" if code == "en" else "other"
    weak = _weak_words()
    for at, (word, low, part) in enumerate(zip(words, lows, parts, strict=True)):
        phrases += before_part == SMALL
        signs = [
            f"part:{part}",
            f"place:{about(rank, 1, 2, 3, 5, 7, 9)}",
            f"length:{min(len(low), 12)}",
            f"behind:{before_part}",
            f"before:{parts[at + 1] if parts[at + 1 :] else '$'}",
            f"phrase:{min(phrases, 3)}",
        ]
        if low in weak:
            signs.append(weak[low] if at else f"first {weak[low]}")
        if not at:
            signs.append(f"first:{part}")
        elif word[0].isupper():
            signs.append("capitals" if len(word) > 1 and word.isupper() else "capital")
        if low[-2:] == "ly" and language == "en":
            signs.append("adverb")
        if before == "of" or lows[at + 1 : at + 2] == ["of"]:
            signs.append("of")
        if part in (TURNING, SMALL, NAME) or language == "other":
            signs.append(f"{part}:{language}:{'' if at else 'first'}")
        yield signs
        rank += part != LEFT_OUT
        before, before_part = low, part


@cache
def _weak_words() -> dict[str, str]:
    weak = dict.fromkeys(words_of_languages("weak words"), "weak")
    return weak | dict.fromkeys(words_of_languages("weak verbs"), "weak verb")


def _is_old(words: list[str], at: int) -> bool:
    """Tell whether the word `at` is a version that another follows: `from | 1.6.0 | to 1.7.4`."""
    return bool(_VERSION.match(words[at])) and any(map(_VERSION.match, words[at + 1 : at + 3]))


def _worth_most(kept: list[int], title: Title, signs: list[list[str]]) -> list[int]:
    """Choose from the words at `kept` those that fit and are worth most together.

    What turns the meaning is never left out before a word that stays, and a particle never stays
    without the word before it: `time out`, `without mocks`. Where it comes behind what it turns,
    that never stays without it.
    """
    _, lows, spelt, parts, language, _ = title
    weights = weights_of("slugs")
    particles = words_of_languages("bound particles")
    done: list[_Choice] = []
    choices: list[_Choice] = [(0, 0, -1, ())]
    last = -1
    for at in kept:
        room = MAX_NAME_LENGTH - len(spelt[at])
        worth = total(signs[at], weights)
        is_bound = lows[at] in particles and last == at - 1
        with_it = []
        for value, length, before, chosen in choices:
            if length <= room and (before == last or not is_bound):
                more = worth + (NEIGHBOURS if chosen and before == last else 0)
                with_it.append((value + more, length + len(spelt[at]) + 1, at, (*chosen, at)))
        if parts[at] == TURNING:
            if language in TURNED_BEHIND:
                choices = [each for each in choices if each[2] != last] or choices
            else:
                done += choices
                choices = []
        choices = sorted(choices + with_it, key=itemgetter(0), reverse=True)[:WIDTH]
        last = at
    return list(max(choices + done, key=itemgetter(0))[3]) or kept[:1]
