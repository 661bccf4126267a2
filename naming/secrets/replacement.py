"""Replacement of secrets: by their kind, unless the words around it have named the kind already."""

from collections.abc import Iterable
from typing import Final

from naming.secrets.rules import Finding, Shapes
from naming.text.word_files import words_in

_SHAPES: Final = Shapes("replacement")

_CLOSERS: Final = str.maketrans("([<", ")]>")

_NEUTRAL: Final = "hidden"
"""A word that begins no secret."""

_KINDS: Final = words_in("secrets/names.txt", "kinds")
_MAIL: Final = words_in("secrets/names.txt", "mail")
_AROUND: Final = 40
"""Characters before and behind a secret that may name its kind."""


def replaced(text: str, findings: Iterable[Finding]) -> tuple[str, list[int]]:
    """Build `text` with its findings (in order, none inside another) replaced by neutral words.

    Gives it with the places that have changed.
    """
    shown, places, done = "", [], 0
    for finding in findings:
        shown += text[done : finding.start]
        done = finding.end
        if finding.word:
            word, cut, skip = _fitted(shown[-_AROUND:], finding.word, text[done : done + _AROUND])
            shown = shown[: len(shown) - cut] + word
            done += skip
        elif _SHAPES.read_on.match(text, done) or (
            _SHAPES.flag.search(shown[-_AROUND:]) and _SHAPES.word.match(text, done)
        ):
            shown += f" {_NEUTRAL}"
        places.append(len(shown))
    return shown + text[done:], places


def _fitted(before: str, word: str, after: str) -> tuple[str, int, int]:
    """Fit `word` between its neighbours.

    Gives the word to put, and how many characters to take off before it and after it.
    """
    is_read_on = _SHAPES.read_on.match(after) is not None
    lead = _SHAPES.lead_in.match(before[::-1])
    if lead is not None and "://" not in word:
        last_word, opened = lead["word"][::-1].lower(), lead["opened"]
        if (
            last_word in _KINDS
            or (last_word in _MAIL and opened.strip())
            or last_word == word.rsplit(maxsplit=1)[-1].lower()
        ):
            if is_read_on:
                return _NEUTRAL, 0, 0
            closed = lead["signs"].translate(_CLOSERS)
            return "", len(opened), len(closed) if after.startswith(closed) else 0
        if word.lower().startswith(last_word + " "):
            word = word.partition(" ")[2]
    first, _, last = word.rpartition(" ")
    if is_read_on:
        return first or _NEUTRAL, 0, 0
    following = _SHAPES.next.match(after)
    if following is not None and (
        following["word"].lower() == last.lower()
        or (last == "token" and following["word"].lower() in _KINDS)
    ):
        return first, 0, 0 if first else len(after) - len(after.lstrip())
    return word, 0, 0
