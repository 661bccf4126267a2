"""Redaction: all secrets of a text, found in one pass, and what it says without them.

A secret is replaced by its kind, unless the words around it have named the kind already.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Final

from naming.secrets import assignments, forms
from naming.secrets.assignments import find_near_names
from naming.secrets.forms import find_numbers, find_private_keys
from naming.secrets.normalization import shadow
from naming.secrets.rules import Finding, Shapes
from naming.secrets.searching import MAX_WORK, WORK_OF_A_FINDING, Budget, Index, Text
from naming.secrets.tokens import find_tokens, without_prefix
from naming.secrets.values import KINDS
from naming.text.word_files import words_in

_SHAPES: Final = Shapes("redaction")

_INDEX: Final = Index([*forms.CONTEXTS, *assignments.RULES, *forms.RULES])
_FINDERS: Final = (find_private_keys, find_tokens, find_near_names, find_numbers)

_REACH: Final = 300  # characters before a secret that may have to do with it
PIECE: Final = 7
"""Characters of a secret that nobody may see again; of a shorter one, all."""

_MIN_WHOLE: Final = 4
_MIN_REPEATED: Final = 5
_MAX_REPEATED: Final = 300  # characters
_MOST_TURNS: Final = 3  # of replacing what replacing has brought to light
_CLOSERS: Final = str.maketrans("([<", ")]>")

_NEUTRAL: Final = "hidden"  # a word that begins no secret
_KINDS: Final = words_in("secrets/names.txt", "kinds")
_MAIL: Final = words_in("secrets/names.txt", "mail")
_AROUND: Final = 40  # characters before and behind a secret that may name its kind


@dataclass(frozen=True, eq=False)
class Redacted:
    """A text without its secrets, and what to know them by where they are said again."""

    text: str
    secrets: Sequence[str] = ()
    """Without the names they are given to."""

    @cached_property
    def _hidden(self) -> list[str]:
        return [_folded(without_prefix(secret)) for secret in self.secrets]

    @cached_property
    def _public(self) -> str:
        return _folded(self.text)

    def is_repeated_in(self, *answers: str) -> bool:
        """Tell whether one of `answers` repeats a piece of a secret, however it is spelt.

        Seven characters in a row are a piece, and the whole of a shorter secret of at least four.
        What the text also says outside of its secrets is free to be repeated.
        """
        answered = _folded("\n".join(answers))
        pieces = {answered[at : at + PIECE] for at in range(len(answered) - PIECE + 1)}
        pieces |= {secret for secret in self._hidden if _MIN_WHOLE <= len(secret) < PIECE}
        together = " ".join(self._hidden)
        return any(
            piece in together and piece in answered and piece not in self._public
            for piece in pieces
        )


def redact(text: str, budget: Budget | None = None) -> Redacted:
    """Replace every secret of `text` by a neutral word for its kind.

    Where `budget` comes to its end, the rest of `text` counts as secret.
    """
    budget = budget or Budget()
    secrets: list[str] = []
    findings, turns = _findings(text, budget), 0
    while findings:
        turns += 1
        if turns > _MOST_TURNS:
            findings = [_rest(text, findings[0].start)]
        secrets += [finding.value for finding in findings if finding.value]
        text, places = _replaced(text, findings)
        findings = _uncovered(text, places, budget)
    return Redacted(text, secrets)


def _rest(text: str, start: int) -> Finding:
    return Finding(start, len(text), "", text[start:])


def _replaced(text: str, findings: Iterable[Finding]) -> tuple[str, list[int]]:
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


def holds_secret(text: str) -> bool:
    """Tell whether `text` holds anything that `redact` would replace."""
    return bool(_findings(text, Budget()))


def _uncovered(text: str, places: Sequence[int], budget: Budget) -> list[Finding]:
    """Find the secrets of a text that was changed at `places`.

    Only around these places can replacing have brought one to light.
    """
    start = max(0, text.rfind(" ", 0, max(0, places[0] - _REACH)))
    end = places[-1] + _REACH
    end += len(text[end:].partition(" ")[0])
    return [
        finding._replace(start=start + finding.start, end=start + finding.end)
        for finding in _findings(text[start:end], budget)
    ]


def _folded(text: str) -> str:
    folded = shadow(text)
    return "".join(filter(str.isalnum, (folded.text if folded else text).casefold()))


def searched(text: str, budget: Budget) -> Text:
    """Search `text` by all rules, within `budget`."""
    looked_at = Text(text, min(MAX_WORK, budget.left))
    _INDEX.find_in(looked_at)
    for find in _FINDERS:
        for finding in find(looked_at):
            looked_at.add(finding)
    return looked_at


def _findings(text: str, budget: Budget) -> list[Finding]:
    """Find all secrets in the shadow of `text`, in order; those that overlap are joined.

    Where the ceiling of work was reached, all from the first on is one.
    """
    folded = shadow(text)
    shown = text if folded is None else folded.text
    looked_at = searched(shown, budget)
    if looked_at.end < len(shown):
        start = min([looked_at.end, *(finding.start for finding in looked_at.found)])
        looked_at.found = [_rest(shown, start)]
    _add_repeats(looked_at)
    folding = 0 if text.isascii() else len(text)
    findings = WORK_OF_A_FINDING * len(looked_at.found)
    budget.spend(looked_at.work + len(shown) // 2 + folding + findings)
    merged: list[Finding] = []
    for finding in sorted(looked_at.found, key=itemgetter(0, 1)):
        overlaps = merged and finding.start < merged[-1].end
        merged.append(_joined(merged.pop(), finding) if overlaps else finding)
    return merged if folded is None else [folded.original(finding) for finding in merged]


def _add_repeats(text: Text) -> None:
    """Find the same values where nothing marks them."""
    for _, _, word, value in [*text.found]:
        if not (_MIN_REPEATED <= len(value) <= _MAX_REPEATED and KINDS["mixed"](value)):
            continue
        end = 0
        while (at := text.rest.find(value, end)) >= 0:
            end = at + len(value)
            around = text.shown[max(0, at - 1) : at] + text.shown[end : end + 1]
            if not _SHAPES.word_character.search(around):
                text.add(Finding(at, end, word or "secret", value))


def _joined(first: Finding, second: Finding) -> Finding:
    """Join two findings that overlap; of values one in the other the narrower is what is secret."""
    narrow, wide = sorted((first.value, second.value), key=len)
    if narrow not in wide:
        value = f"{first.value} {second.value}"
    else:
        value = narrow if second.end <= first.end else wide
    word = first.word or (second.word if second.start == first.start else "")
    return Finding(first.start, max(first.end, second.end), word, value)
