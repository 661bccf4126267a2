"""Learn from prompts and their names where a request begins and ends, and what a slug keeps.

    python -m benchmarks.learn_names prompts/corpus/tune prompts/cases > naming/data/extraction/weights.txt

Four small linear models are trained (see `naming/extraction`): which sentence holds the title and
at which places of it the title begins and ends are choices (a softmax each), whether a word of a title
goes into the slug is a yes or no. FTRL-proximal (McMahan and others, 2013) trains them: most signs
get no weight at all and do not come into the file. The same cases give the same file.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from math import exp, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from naming.evaluation.scoring import holds
from naming.extraction.clauses import ends, read_text, said_again, signs_of_sentence, starts
from naming.extraction.sentences import MAX_FIRST, MAX_LAST
from naming.extraction.slugs import read_title, signs_of_words
from naming.request import Request
from naming.text.parts import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from naming.extraction.clauses import Place, Reading, Word
    from naming.extraction.sentences import Sentence

ROUNDS: Final = 14
ALPHA: Final = 0.25
"""How fast it learns."""

LASSO: Final = 1.0
"""What a sign must be worth to get a weight."""

RIDGE: Final = 0.6
"""How strongly weights are kept small."""

LEAST: Final = 8
"""Cases that a sign must stand in: with 3 the file is twice as long and names are no better."""

CLASS_COUNTS: Final = 160
"""Cases that a class (a file) counts for at most: what is easily written must not drown the rest."""

BEHIND: Final = 0.3
"""What such a text counts for, beside one that somebody wrote."""

WISHES: Final = 0.3
"""How many of the sentences put behind others are wishes themselves."""

MATTERS: Final = 2
"""How much more a word counts that the names must hold."""

HEAD: Final = """\
# What was learned of names that people gave, by `python -m benchmarks.learn_names`: not by hand.
# A line is a sign of a place or a word (`naming/extraction/clauses.py` and `slugs.py` say which
# there are) and its weight in hundredths: how much it speaks for beginning there, ending there, or
# keeping the word in the slug.
"""


class Choice(NamedTuple):
    """The signs of all things to choose from, which was right, and how much that counts."""

    things: list[list[str]]
    right: int
    weight: float


class Weights:
    """Weights of signs, learned one case at a time by FTRL-proximal."""

    def __init__(self, signs: Iterable[str]) -> None:
        """Begin without any weight for `signs`."""
        self._sums = dict.fromkeys(signs, 0.0)
        self._squares = dict.fromkeys(self._sums, 0.0)
        self._value = dict.fromkeys(self._sums, 0.0)

    def total(self, signs: list[str]) -> float:
        """Sum up the weights of `signs`."""
        get = self._value.get
        return sum(get(sign, 0.0) for sign in signs)

    def learn(self, slopes: dict[str, float]) -> None:
        """Go a step down the slope of each sign."""
        for sign, slope in slopes.items():
            if sign not in self._value or not slope:
                continue
            square = self._squares[sign]
            more = square + slope * slope
            self._sums[sign] += slope - (sqrt(more) - sqrt(square)) / ALPHA * self._value[sign]
            self._squares[sign] = more
            value = self._sums[sign]
            over = abs(value) - LASSO
            step = (1 + sqrt(more)) / ALPHA + RIDGE
            self._value[sign] = 0.0 if over <= 0 else -over / step * (1 if value > 0 else -1)

    def in_hundredths(self) -> Iterator[tuple[str, int]]:
        """Give each sign that weighs something, and its weight."""
        for sign, value in sorted(self._value.items()):
            if weight := round(value * 100):
                yield sign, weight


def choose(choices: list[Choice]) -> Weights:
    """Learn to choose the right one of several things."""
    choices = [choice for choice in choices if len(choice.things) > 1]
    weights = Weights(_often(thing for choice in choices for thing in choice.things))
    order = random.Random(1)  # noqa: S311 - the same order each time
    for _ in range(ROUNDS):
        order.shuffle(choices)
        for things, right, weight in choices:
            totals = [weights.total(signs) for signs in things]
            most = max(totals)
            odds = [exp(total - most) for total in totals]
            all_odds = sum(odds)
            slopes: dict[str, float] = defaultdict(float)
            for at, signs in enumerate(things):
                slope = (odds[at] / all_odds - (at == right)) * weight
                for sign in signs:  # one that stands twice counts twice
                    slopes[sign] += slope
            weights.learn(slopes)
    return weights


def decide(
    things: list[tuple[list[str], bool, float]], *, rounds: int = ROUNDS, least: int = LEAST
) -> Weights:
    """Learn to say yes or no; each thing counts as much as its last figure says."""
    weights = Weights(_often((signs for signs, _, _ in things), least))
    order = random.Random(1)  # noqa: S311 - the same order each time
    for _ in range(rounds):
        order.shuffle(things)
        for signs, is_right, weight in things:
            slope = (1 / (1 + exp(-weights.total(signs))) - is_right) * weight
            weights.learn(dict.fromkeys(signs, slope))
    return weights


def _often(things: Iterable[list[str]], least: int = LEAST) -> list[str]:
    counts: dict[str, int] = defaultdict(int)
    for signs in things:
        for sign in set(signs):
            counts[sign] += 1
    return sorted(sign for sign, count in counts.items() if sign and count >= least)


def _plain(text: str) -> str:
    return re.sub(r"[`*_\"“”«»\s]+", "", text).casefold()


class Case(NamedTuple):
    """A labelled prompt, its sentences with their words, and how often it says each word."""

    name: str
    title: str
    matters: list[str]
    text: Reading
    weight: float


def read(paths: Iterable[str]) -> Iterator[Case]:
    """Read the cases of files and folders that have both names."""
    for path in paths:
        files = sorted(Path(path).glob("*.jsonl")) if Path(path).is_dir() else [Path(path)]
        for lines in (file.read_text("utf-8").splitlines() for file in files):
            weight = min(1.0, CLASS_COUNTS / len(lines))
            for fields in map(json.loads, lines):
                if fields.get("name") and fields.get("display_name"):
                    yield read_case(fields, weight)


def read_case(fields: dict[str, str | list[str]], weight: float = 1.0) -> Case:
    """Take one labelled prompt apart."""
    matters = [str(each) for each in fields.get("matters", ())]
    name, title = str(fields["name"]), str(fields["display_name"])
    text = read_text(Request.of(str(fields["prompt"])).text)
    return Case(name, title, matters, text, weight)


Choices = tuple[Choice, Choice, "Choice | None"]
"""Of the sentence, of the start and of the end."""


def choices_of(case: Case) -> Choices | None:
    """Find the sentence of the title and the places at which it begins and ends there.

    None when it does not begin in the prompt's own words.
    """
    wanted = _plain(case.title).rstrip("?.!？")
    for length in (max(12, len(wanted)), 24, 14):
        for at, (sentence, words) in enumerate(case.text.sentences):
            places = list(_with_passed(starts(words)))
            for right, place in enumerate(places):
                if _plain(sentence.text[place.at :]).startswith(wanted[:length]):
                    start = Choice([each.signs for each in places], right, case.weight)
                    end = _end(sentence, words, place.at, wanted)
                    return _sentence(case, at), start, end and end._replace(weight=case.weight)
    return None


def _with_passed(places: Iterable[Place]) -> Iterator[Place]:
    """Give each place the signs of all words that it passes."""
    passed: list[str] = []
    for place in places:
        passed = [*passed, *place.passed]
        yield place._replace(signs=place.signs + passed)


def _sentence(case: Case, right: int) -> Choice:
    things = [signs_of_sentence(at, case.text) for at in range(len(case.text.sentences))]
    return Choice(things, right, case.weight)


def _end(sentence: Sentence, words: list[Word], begin: int, wanted: str) -> Choice | None:
    places = list(ends(words, begin, sentence.text))
    for right, place in enumerate(places):
        if _plain(sentence.text[begin : place.at]).rstrip("?.!,;:？、，。：") == wanted:
            return Choice([each.signs for each in places], right, 1.0)
    return None


def with_more_behind(found: list[tuple[Case, Choices]]) -> Iterator[Choice]:
    """Make long texts of those that say first what is wanted, with sentences of others behind.

    Who says it first goes on, often with wishes as well: the first one still names the task.
    """
    draw = random.Random(7)  # noqa: S311 - for cases, not for secrets
    named = [case.text.sentences[sentence.right] for case, (sentence, _, _) in found]
    other = [
        each
        for case, (sentence, _, _) in found
        for each in case.text.sentences[sentence.right + 1 :]
        if each[0].shape != "heading"
    ]
    for case, (sentence, _, _) in found:
        if sentence.right == 0:
            count = draw.randint(1, MAX_FIRST + MAX_LAST)
            more = [draw.choice(named if draw.random() < WISHES else other) for _ in range(count)]
            sentences = case.text.sentences + more
            if len(sentences) > MAX_FIRST + MAX_LAST:
                sentences = sentences[:MAX_FIRST] + sentences[-MAX_LAST:]
            again = said_again(word.low for _, words in sentences for word in words)
            text = case.text._replace(sentences=sentences, again=again)
            yield _sentence(case._replace(text=text, weight=case.weight * BEHIND), 0)


def words_of_slug(case: Case) -> Iterator[tuple[list[str], bool, float]]:
    """Tell of each word of the title whether the slug keeps it."""
    words, lows, spelt, parts, language, _ = read_title(case.title)
    kept = set(case.name.split("-"))
    wanted = [part for each in case.matters for part in re.split(r"[ |]", each) if part]
    for word, slug, part, signs in zip(
        words, spelt, parts, signs_of_words(words, lows, parts, language), strict=True
    ):
        if part != LEFT_OUT and slug:
            matters = any(holds(each, word) for each in wanted)
            is_kept = matters or kept.issuperset(slug.split("-"))
            yield signs, is_kept, MATTERS if matters else 1


def main() -> None:
    """Write the weights that the cases of some files and folders teach."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", help="JSON Lines files, or folders of them")
    paths = parser.parse_args().paths
    cases = list(read(paths))
    found = [(case, choices) for case in cases if (choices := choices_of(case))]
    sentences = [sentence for _, (sentence, _, _) in found]
    finish = [end for _, (_, _, end) in found if end]
    print(
        f"{len(cases)} cases: {len(found)} begin and {len(finish)} end in the prompt's words",
        file=sys.stderr,
    )
    sys.stdout.write(HEAD)
    for section, weights in (
        ("sentences", choose(sentences + list(with_more_behind(found)))),
        ("starts", choose([start for _, (_, start, _) in found])),
        ("ends", choose(finish)),
        ("slugs", decide([word for case in cases for word in words_of_slug(case)])),
    ):
        lines = (f"{sign} {weight}" for sign, weight in weights.in_hundredths())
        print(f"\n[{section}]", *lines, sep="\n")


if __name__ == "__main__":
    main()
